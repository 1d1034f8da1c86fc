import { beforeAll, describe, expect, test } from 'vitest';

import type { Proxy } from '../../src/plan/target.ts';
import { findingOf } from '../../src/views/words/finding.ts';
import { warningsOf } from '../../src/views/words/warnings.ts';
import { names, recordOf, trail, verdict } from '../probe/world.ts';
import { Agent } from './agent.ts';
import { Remote } from './channel.ts';
import { registryAt, registryTarget } from './expectations.ts';
import type { Answers, Message } from './serve.ts';
import { suite } from './suite.ts';
import { withoutIPv4 } from './withoutFamily.ts';

suite('a node without any IPv4 address, not even that of loopback', (lab) => {
	describe('whose nameserver is the router, by its link-local address', () => {
		const local = 'fe80::1';
		let nameserver: Remote<Message>;

		/** Both families of each host. */
		function answers(more: object = {}): Answers {
			const { registry, token, blob } = lab();
			const hosts = { [names.registry]: registry, [names.token]: token, [names.blob]: blob };
			const all = Object.entries(hosts).map(([name, { v4, v6 }]) => [name, { A: [v4[0]], AAAA: [v6[0]], ...more }]);
			return Object.fromEntries(all) as Answers;
		}

		beforeAll(async () => {
			const { router, node } = lab();
			await router.ip(`address add ${local}/64 dev ${node.link} nodad`);
			nameserver = new Remote<Message>(router, 'serve.ts');
			await nameserver.ask({ start: 'dns', addresses: [`${local}%${node.link}`], answers: answers() });
		});

		test.each([
			['over UDP', {}],
			['over TCP, as the answer over UDP is truncated', { truncate: true }],
		])('names are found %s', async (_title, more) => {
			const { node, registry } = lab();
			await using _ = await withoutIPv4(node);
			await nameserver.ask({ change: { answers: answers(more) } });
			await node.useNameservers(`${local}%eth0`);
			const observation = await node.attempt();
			expect(verdict(observation)).toBe('none');
			expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({
				addresses: [registry.v4[0], registry.v6[0]],
				nameservers: [
					{ server: `${local}%eth0`, family: 'ipv4', success: true },
					{ server: `${local}%eth0`, family: 'ipv6', success: true },
				],
			});
		});
	});

	test('an agent listens, probes, and counts by family', async () => {
		const { node, dns } = lab();
		await using _ = await withoutIPv4(node);
		await node.useNameservers(dns.v6[0]);
		await using agent = await Agent.start(node, 'node', { listen: '[::1]:9917' });
		const told = (await agent.series('addresses')).filter((line) => line.includes('role="registry"'));
		const counted = told.map((line) => /family="(\w+)",state="(\w+)"\} (\d)/.exec(line)?.slice(1).join(' '));
		expect(counted).toEqual(['ipv4 reachable 0', 'ipv4 unreachable 1', 'ipv6 reachable 1', 'ipv6 unreachable 0']);
		expect(await agent.series('dns_nameserver_success')).toEqual(
			['ipv4', 'ipv6'].map((family) => {
				return expect.stringContaining(`nameserver="${dns.v6[0]}",family="${family}"} 1`) as unknown;
			}),
		);
		expect(await agent.value('pull_success')).toBe(1);
		expect(await agent.series('pull_delay_seconds')).toEqual([]);
	});

	test('the report of a registry with both families calls none of its addresses dead', async () => {
		const { node, dns, registry } = lab();
		await using _ = await withoutIPv4(node);
		await node.useNameservers(dns.v6[0]);
		const observation = await node.attempt();
		const now = Date.now();
		expect(findingOf(recordOf(observation, 'registry', 'tcp'), now)).toBe(
			`1 of 2 addresses answer (${registry.v4[0]} unreachable)`,
		);
		expect(warningsOf(registryTarget, observation, now)).toEqual([]);
	});

	test('of a registry with IPv4 alone it is said that there is no way', async () => {
		const { node, dns, registry } = lab();
		await using _ = await withoutIPv4(node);
		await node.useNameservers(dns.v6[0]);
		await dns.change(registryAt(registry.v4[0]));
		const observation = await node.attempt();
		expect(verdict(observation)).toBe('registry tcp tcp_unreachable');
		expect(observation.records.at(-1)).toMatchObject({ detail: `${registry.v4[0]}:443: network is unreachable` });
	});

	describe('by addresses in place of names', () => {
		test('a registry is reached, and its certificate judged by the address', async () => {
			const { node, authority, registry, dns } = lab();
			await using _ = await withoutIPv4(node);
			await node.useNameservers(dns.v6[0]);
			const endpoint = { scheme: 'https', hostname: registry.v6[0], port: 443 } as const;
			expect(verdict(await node.attempt({ endpoint }))).toBe('registry tls tls_name_mismatch');
			const { key, chain } = await authority.issue({ names: [registry.v6[0]] });
			await registry.change({ tls: { key, cert: chain } });
			expect(verdict(await node.attempt({ endpoint }))).toBe('none');
		});

		test.each(['names', 'addresses'])('a proxy is reached, and leads to registries by their %s', async (by) => {
			const { node, authority, proxy: host, registry } = lab();
			await using _ = await withoutIPv4(node);
			const proxy: Proxy = { scheme: 'http', hostname: host.v6[0], port: 3128, login: false, source: 'test' };
			const hostname = by === 'names' ? names.registry : registry.v6[0];
			const { key, chain } = await authority.issue({ names: [hostname] });
			await registry.change({ tls: { key, cert: chain } });
			const observation = await node.attempt({ proxy, endpoint: { scheme: 'https', hostname, port: 443 } });
			expect(verdict(observation)).toBe('none');
			expect(trail(observation)[0]).toBe('registry proxy');
			expect(recordOf(observation, 'registry', 'proxy').facts).toEqual({ proxy: `http://[${host.v6[0]}]:3128` });
		});
	});
});
