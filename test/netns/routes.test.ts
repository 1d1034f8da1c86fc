import { describe, expect, test } from 'vitest';

import type { Observation } from '../../src/probe/observation.ts';
import { recordOf, verdict } from '../probe/world.ts';
import { ending, registryAt } from './expectations.ts';
import { dropSyn, refuse, to } from './firewall.ts';
import { patience } from './nodeHost.ts';
import { suite } from './suite.ts';

suite('what the node itself does to a connection', (lab) => {
	describe.each(['v4', 'v6'] as const)('by %s', (family) => {
		/** One attempt after the nameserver was told where the registry is. */
		async function attemptAt(address: string, timeout = 1): Promise<Observation> {
			await lab().dns.change(registryAt(address));
			return await lab().node.attempt({ timeout });
		}

		test.each<readonly [string, string]>([
			['prohibit', 'tcp_not_permitted'],
			['blackhole', 'tcp_unreachable'],
			['unreachable', 'tcp_unreachable'],
		])('a route of the type %s: %s', async (type, reason) => {
			const { node, registry } = lab();
			const address = registry[family][0];
			await using _ = await node.namespace.ipWhile(`route add ${type} ${address}`, `route del ${type} ${address}`);
			const observation = await attemptAt(address);
			const addresses = [{ address, state: 'unreachable', reason }];
			expect(ending(observation)).toMatchObject({ verdict: `registry tcp ${reason}`, facts: { addresses } });
			expect(recordOf(observation, 'registry', 'tcp').seconds).toBeLessThan(0.5);
		});

		test('no route at all', async () => {
			const { node, registry, dns } = lab();
			const { [family]: gateway } = node.gateway;
			await node.useNameservers(dns[family === 'v4' ? 'v6' : 'v4'][0]);
			await using _ = await node.namespace.ipWhile(
				`route del default via ${gateway}`,
				`route add default via ${gateway}`,
			);
			const observation = await attemptAt(registry[family][0]);
			expect(verdict(observation)).toBe('registry tcp tcp_unreachable');
		});

		test('nobody at an address of the own link', async () => {
			const observation = await attemptAt(lab().node.nobody[family]);
			expect(verdict(observation)).toBe('registry tcp tcp_unreachable');
			expect(recordOf(observation, 'registry', 'tcp').seconds).toBeLessThan(0.9);
		});

		test.each<readonly [string, string]>([
			[dropSyn, 'tcp_timeout'],
			[refuse, 'tcp_refused'],
			['reject with icmpx type admin-prohibited', family === 'v4' ? 'tcp_unreachable' : 'tcp_not_permitted'],
		])("the node's own firewall: %s", async (rule, reason) => {
			const { node, registry } = lab();
			await node.firewall.set([`${to(registry[family][0])} ${rule}`], 'output');
			const observation = await attemptAt(registry[family][0], rule.includes('icmp') ? patience : 1);
			expect(verdict(observation)).toBe(`registry tcp ${reason}`);
		});
	});

	test('all local ports are taken', async () => {
		const { node } = lab();
		const reason = 'tcp_ports_exhausted';
		{
			await using _ = await node.exhaustPorts(10);
			const observation = await node.attempt();
			const addresses = [{ reason }, { reason }];
			expect(ending(observation)).toMatchObject({ verdict: `registry tcp ${reason}`, facts: { addresses } });
		}
		expect(verdict(await node.attempt())).toBe('none');
	});

	test('the agent may open no more files, at whatever point of the path', async () => {
		const { node } = lab();
		// A program raises its limit when it starts.
		await node.attempt();
		const ends: string[] = [];
		for (let limit = 10; limit < 60; limit++) {
			await using _ = await node.limitFiles(limit);
			ends.push(verdict(await node.attempt()));
		}
		expect([ends[0], ends.at(-1)]).toEqual(['registry dns agent_resources_exhausted', 'none']);
		expect(ends.filter((end) => end !== 'none' && !end.endsWith(' agent_resources_exhausted'))).toEqual([]);
	});

	test('the link is down', async () => {
		const { node } = lab();
		// The routes go with the link.
		await using _route = { [Symbol.asyncDispose]: async () => await node.namespace.ip(...node.defaultRoutes) };
		await using _link = await node.namespace.ipWhile('link set eth0 down', 'link set eth0 up');
		expect(verdict(await node.attempt())).toBe('registry dns dns_unreachable');
	});
});
