import { afterAll, beforeAll, expect, test } from 'vitest';

import type { DialFacts } from '../../src/probe/dial/dial.ts';
import { findingOf } from '../../src/views/words/finding.ts';
import { warningsOf } from '../../src/views/words/warnings.ts';
import { names, recordOf, verdict } from '../probe/world.ts';
import { Remote } from './channel.ts';
import { startDns64 } from './dns64.ts';
import { registryAt, registryTarget } from './expectations.ts';
import { dropSyn, to } from './firewall.ts';
import { suite } from './suite.ts';
import { type Message, prefix } from './translator.ts';
import { withoutIPv4 } from './withoutFamily.ts';

suite(
	'a node of IPv6 alone behind NAT64 and DNS64',
	(lab) => {
		const stack = new AsyncDisposableStack();

		beforeAll(async () => {
			const { router, dns } = lab();
			await router.ip(`route add local ${prefix} dev lo`);
			await new Remote<Message>(router, 'translator.ts').ask({ ports: [443] });
			const [upstream, address = ''] = dns.v6;
			stack.use(await startDns64(dns.namespace, { address, upstream }));
		});
		afterAll(async () => await stack.disposeAsync());

		/** The node has no IPv4, the servers have no IPv6 addresses in DNS; until the result is disposed of. */
		async function behind(): Promise<AsyncDisposable> {
			const { node, dns, registry, token, blob } = lab();
			const hosts = { [names.registry]: registry, [names.token]: token, [names.blob]: blob };
			await dns.change({
				answers: Object.fromEntries(Object.entries(hosts).map(([name, { v4 }]) => [name, { A: [v4[0]] }])),
			});
			await node.useNameservers(dns.v6[1] ?? '');
			return await withoutIPv4(node);
		}

		test('registries that have IPv4 addresses alone are reached by those that DNS64 makes', async () => {
			await using _ = await behind();
			const { node, registry } = lab();
			const observation = await node.attempt();
			expect(verdict(observation)).toBe('none');
			const { used, addresses } = recordOf(observation, 'registry', 'tcp').facts as DialFacts;
			expect(used).toMatch(/^64:ff9b::/);
			expect(addresses).toEqual([
				expect.objectContaining({ address: used, family: 'ipv6', state: 'reachable' }),
				{ address: registry.v4[0], family: 'ipv4', state: 'unreachable', reason: 'tcp_unreachable' },
			]);
		});

		test('the report names the translation, and calls no address dead', async () => {
			await using _ = await behind();
			const { node, registry } = lab();
			const observation = await node.attempt();
			const now = Date.now();
			expect(findingOf(recordOf(observation, 'registry', 'tcp'), now)).toBe(
				`1 of 2 addresses answer (${registry.v4[0]} unreachable), by NAT64 to ${registry.v4[0]}`,
			);
			expect(warningsOf(registryTarget, observation, now)).toEqual([]);
		});

		test('an address of IPv6 that a registry has itself goes past the translator', async () => {
			await using _ = await behind();
			const { node, registry, dns } = lab();
			await dns.change(registryAt(registry.v4[0], registry.v6[0]));
			const observation = await node.attempt();
			expect(recordOf(observation, 'registry', 'tcp').facts).toMatchObject({ used: registry.v6[0] });
		});

		test('a mirror that is given by its IPv4 address is not reached', async () => {
			await using _ = await behind();
			const { node, registry } = lab();
			const observation = await node.attempt({
				endpoint: { scheme: 'https', hostname: registry.v4[0], port: 443 },
				host: registry.v4[0],
			});
			expect(verdict(observation)).toBe('registry tcp tcp_unreachable');
			expect(observation.records[0]).toMatchObject({ detail: `${registry.v4[0]}:443: network is unreachable` });
		});

		test('a translator that swallows connections is a registry that does not answer', async () => {
			await using _ = await behind();
			const { node, way } = lab();
			await way.set([`${to(prefix)} ${dropSyn}`], 'input');
			expect(verdict(await node.attempt())).toBe('registry tcp tcp_timeout');
		});
	},
	{ unbound: ['unbound', '-V'] },
);
