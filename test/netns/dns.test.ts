import { expect, test } from 'vitest';

import { recordOf, trail, verdict } from '../probe/world.ts';
import { ending } from './expectations.ts';
import { to, toHost } from './firewall.ts';
import { suite } from './suite.ts';

/** The question for AAAA of registry.test: its type is the 16 bits after a UDP header, a DNS header and that name. */
const asksAAAA = 'udp dport 53 @th,280,16 28';

suite('names', (lab) => {
	test.each<readonly [string, string]>([
		['drop', 'dns_timeout'],
		['reject', 'dns_unreachable'],
		['reject with icmpx type admin-prohibited', 'dns_unreachable'],
	])('the nameserver is cut off on the way: %s', async (rule, reason) => {
		const { node, dns, way } = lab();
		await way.set(toHost(dns, rule));
		const nameservers = ['ipv4', 'ipv6'].map((family) => {
			return expect.objectContaining({ server: dns.v4[0], family, success: false, reason });
		});
		const facts = { name: 'registry.test', source: 'dns', addresses: [], nameservers };
		expect(ending(await node.attempt())).toEqual({ verdict: `registry dns ${reason}`, facts });
	});

	test("the node's own firewall drops questions", async () => {
		const { node, dns } = lab();
		await node.firewall.set(toHost(dns, 'drop'), 'output');
		expect(verdict(await node.attempt())).toBe('registry dns dns_unreachable');
	});

	test.each<readonly [string, object, string]>([
		['SERVFAIL', { rcode: 'SERVFAIL' }, 'dns_server_failure'],
		['REFUSED', { rcode: 'REFUSED' }, 'dns_refused'],
		['NXDOMAIN', { rcode: 'NXDOMAIN' }, 'dns_name_not_found'],
		['no record', {}, 'dns_no_address'],
		['nothing', { silent: true }, 'dns_timeout'],
		['nonsense', { garbage: Buffer.from('nonsense') }, 'dns_malformed'],
	])('the nameserver answers %s', async (_, answer, reason) => {
		const { node, dns } = lab();
		await dns.change({ answers: { 'registry.test': answer } });
		expect(verdict(await node.attempt())).toBe(`registry dns ${reason}`);
	});

	test.each(['token', 'blob'] as const)('only the name of the %s host is not known', async (role) => {
		const { node, dns } = lab();
		const peer = role === 'token' ? 'auth.test' : 'cdn.test';
		await dns.change({ answers: { [peer]: { rcode: 'NXDOMAIN' } } });
		const observation = await node.attempt();
		expect(verdict(observation)).toBe(`${role} dns dns_name_not_found`);
		expect(observation.records.at(-1)).toMatchObject({ peer, facts: { name: peer } });
	});

	test.each([0, 1])('nameserver number %i of two is dead', async (dead) => {
		const { node, dns, way } = lab();
		const servers = [dns.v4[0], dns.v6[0]];
		await node.useNameservers(...servers);
		await way.set([`${to(servers[dead] ?? '')} udp dport 53 drop`]);
		const observation = await node.attempt({ timeout: 2 });
		expect(verdict(observation)).toBe('none');
		const { nameservers } = recordOf(observation, 'registry', 'dns').facts as { nameservers: readonly unknown[] };
		expect(nameservers).toMatchObject(
			servers.flatMap((server, at) => {
				const said = at === dead ? { success: false, reason: 'dns_timeout' } : { success: true };
				return ['ipv4', 'ipv6'].map((family) => ({ server, family, ...said }));
			}),
		);
	});

	test.each<readonly [string, string]>([
		['drop', 'no answer'],
		['reject with tcp reset', 'ECONNREFUSED'],
	])('the answer is truncated and TCP is blocked: %s', async (rule, detail) => {
		const { node, dns, way } = lab();
		await dns.change({ answers: { 'registry.test': { truncate: true, A: ['192.0.2.1'] } } });
		await way.set([`${to(dns.network.v4)} tcp dport 53 ${rule}`]);
		const observation = await node.attempt({ timeout: 2 });
		expect(ending(observation)).toMatchObject({
			verdict: 'registry dns dns_truncated',
			facts: { nameservers: [{ reason: 'dns_truncated' }, { reason: 'dns_truncated' }] },
		});
		expect(observation.records[0]).toMatchObject({ detail: expect.stringContaining(detail) as unknown });
	});

	test('the answer is truncated and TCP works', async () => {
		const { node, dns, registry } = lab();
		await dns.change({ answers: { 'registry.test': { truncate: true, A: [registry.v4[0]] } } });
		expect(verdict(await node.attempt())).toBe('none');
	});

	test('questions for AAAA are dropped', async () => {
		const { node, registry, way } = lab();
		await way.set([`${asksAAAA} drop`]);
		const observation = await node.attempt();
		expect(verdict(observation)).toBe('none');
		const { addresses, nameservers } = recordOf(observation, 'registry', 'dns').facts ?? {};
		expect(addresses).toEqual([registry.v4[0]]);
		expect(nameservers).toMatchObject([
			{ family: 'ipv4', success: true },
			{ family: 'ipv6', success: false, reason: 'dns_timeout' },
		]);
	});

	test('a name in the hosts file needs no nameserver', async () => {
		const { node, registry, dns, way } = lab();
		await way.set(toHost(dns, 'drop'));
		await node.useHosts({ 'registry.test': registry.v4[0] });
		const observation = await node.attempt();
		expect(trail(observation).slice(0, 3)).toEqual(['registry dns', 'registry tcp', 'registry tls']);
		expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({ source: 'hosts', nameservers: [] });
		expect(verdict(observation)).toBe('token dns dns_timeout');
	});
});
