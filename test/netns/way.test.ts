import { describe, expect, test } from 'vitest';

import { recordOf, verdict } from '../probe/world.ts';
import { ending, registryAt } from './expectations.ts';
import { dropSyn, refuse, to, toHost } from './firewall.ts';
import { patience } from './nodeHost.ts';
import { suite } from './suite.ts';

/** By family: what happens to the connection, and the reason. Codes of ICMP as Linux reads them (icmp_err_convert, icmpv6_err_convert). */
const onTheWay: Readonly<Record<'v4' | 'v6', readonly (readonly [string, string])[]>> = {
	v4: [
		[dropSyn, 'tcp_timeout'],
		['drop', 'tcp_timeout'],
		[refuse, 'tcp_refused'],
		['reject with icmp type port-unreachable', 'tcp_refused'],
		['reject with icmp type net-unreachable', 'tcp_unreachable'],
		['reject with icmp type host-unreachable', 'tcp_unreachable'],
		['reject with icmp type net-prohibited', 'tcp_unreachable'],
		['reject with icmp type host-prohibited', 'tcp_unreachable'],
		['reject with icmp type admin-prohibited', 'tcp_unreachable'],
	],
	v6: [
		[dropSyn, 'tcp_timeout'],
		['drop', 'tcp_timeout'],
		[refuse, 'tcp_refused'],
		['reject with icmpv6 type port-unreachable', 'tcp_refused'],
		['reject with icmpv6 type no-route', 'tcp_unreachable'],
		['reject with icmpv6 type addr-unreachable', 'tcp_unreachable'],
		// "permission denied", in the texts of runtimes too.
		['reject with icmpv6 type admin-prohibited', 'tcp_not_permitted'],
		['reject with icmpv6 type policy-fail', 'tcp_not_permitted'],
	],
};

suite('what becomes of a connection on the way', (lab) => {
	test('a network without faults lets a pull through, by the family that is preferred', async () => {
		const { node, registry } = lab();
		const observation = await node.attempt();
		expect(ending(observation)).toMatchObject({ verdict: 'none', facts: { bytes: 65_536 } });
		expect(recordOf(observation, 'registry', 'tcp').facts).toMatchObject({ used: registry.v6[0] });
	});

	describe.each(['v4', 'v6'] as const)('by %s', (family) => {
		test.each(onTheWay[family])('%s: %s', async (rule, reason) => {
			const { node, registry, dns, way } = lab();
			const address = registry[family][0];
			await dns.change(registryAt(address));
			await way.set([`${to(address)} ${rule}`]);
			const observation = await node.attempt({ timeout: rule.includes('icmp') ? patience : 1 });
			const told = { address, family: family === 'v4' ? 'ipv4' : 'ipv6', state: 'unreachable', reason };
			const facts = { addresses: [told] };
			expect(ending(observation)).toEqual({ verdict: `registry tcp ${reason}`, facts });
		});
	});

	test.each(['token', 'blob'] as const)('the %s host is blocked, the registry is not', async (name) => {
		const { node, way, [name]: host } = lab();
		await way.set(toHost(host, 'drop'));
		const observation = await node.attempt();
		expect(verdict(observation)).toBe(`${name} tcp tcp_timeout`);
		expect(observation.records.at(-1)).toMatchObject({ peer: name === 'token' ? 'auth.test' : 'cdn.test' });
		expect(recordOf(observation, 'registry', 'challenge').outcome).toBe('success');
	});
});
