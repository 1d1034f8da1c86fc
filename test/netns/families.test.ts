import { expect, test } from 'vitest';

import type { DialFacts } from '../../src/probe/dial/dial.ts';
import { recordOf, verdict } from '../probe/world.ts';
import { ending, registryAt } from './expectations.ts';
import { dropSyn, refuse, to } from './firewall.ts';
import { suite } from './suite.ts';

suite('a registry with several addresses', (lab) => {
	test.each([0, 1, 2])('number %i of three is dead', async (dead) => {
		const { node, registry, dns, way } = lab();
		const addresses = registry.v4.slice(0, 3);
		await dns.change(registryAt(...addresses));
		await way.set([`${to(addresses[dead] ?? '')} ${dropSyn}`]);
		const observation = await node.attempt({ timeout: 2 });
		expect(verdict(observation)).toBe('none');
		const { used, addresses: told } = recordOf(observation, 'registry', 'tcp').facts as DialFacts;
		expect(used).toBe(addresses[dead === 0 ? 1 : 0]);
		expect(told.map(({ address }) => address)).toEqual(addresses);
		expect(told.flatMap(({ state, reason }, at) => (state === 'unreachable' ? [[at, reason]] : []))).toEqual([
			[dead, 'tcp_timeout'],
		]);
	});

	test.each<readonly [string, string]>([
		[dropSyn, 'tcp_timeout'],
		[refuse, 'tcp_refused'],
	])('all of IPv6 is dead (%s), IPv4 works', async (rule, reason) => {
		const { node, registry, dns, way } = lab();
		const [v4, v6] = [registry.v4.slice(0, 2), registry.v6.slice(0, 2)];
		await dns.change(registryAt(...v4, ...v6));
		await way.set([`${to(registry.network.v6)} ${rule}`]);
		const observation = await node.attempt();
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'tcp').facts).toMatchObject({
			used: v4[0],
			addresses: [
				{ address: v6[0], state: 'unreachable', reason },
				{ address: v6[1], state: 'unreachable', reason },
				{ address: v4[0], state: 'reachable' },
				{ address: v4[1], state: 'reachable' },
			],
		});
	});

	test.each<readonly [string, string, string]>([
		[refuse, dropSyn, 'tcp_refused'],
		[dropSyn, refuse, 'tcp_timeout'],
	])('IPv6 (%s) and IPv4 (%s) are dead: the preferred family is told', async (six, four, reason) => {
		const { node, registry, way } = lab();
		await way.set([`${to(registry.network.v6)} ${six}`, `${to(registry.network.v4)} ${four}`]);
		const observation = await node.attempt();
		expect(verdict(observation)).toBe(`registry tcp ${reason}`);
		expect(ending(observation).facts['addresses']).toHaveLength(2);
	});

	test('a unique local address is not preferred: the error of IPv4 is told', async () => {
		const { node, registry, dns, router, way } = lab();
		const local = 'fd00:db8::2';
		await router.ip(`route add ${local} via ${registry.v6[0]}`);
		await dns.change(registryAt(registry.v4[0], local));
		await way.set([`${to(local)} ${refuse}`, `${to(registry.network.v4)} ${dropSyn}`]);
		const observation = await node.attempt();
		expect(ending(observation)).toMatchObject({
			verdict: 'registry tcp tcp_timeout',
			facts: { addresses: [{ family: 'ipv4' }, { address: local, reason: 'tcp_refused' }] },
		});
	});
});
