import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Observation } from '../../src/probe/observation.ts';
import type { DnsAnswer, DnsServer } from '../fakes/dns.ts';
import { startDns } from '../fakes/dns.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import type { NodeOptions } from '../fakes/node.ts';
import { makePlain, type Plain } from './plain.ts';
import { attempt, names, recordOf, verdict } from './world.ts';

let plain: Plain;
beforeAll(async () => {
	plain = await makePlain();
});
afterAll(() => plain[Symbol.asyncDispose]());

/** Answers of one server: the same for A and AAAA, or apart. */
type Says = DnsAnswer | { readonly a: DnsAnswer; readonly aaaa: DnsAnswer };

const here: DnsAnswer = { A: ['127.0.0.1'] };
const silent: DnsAnswer = { silent: true };
const refused: DnsAnswer = { rcode: 'REFUSED' };
const failing: DnsAnswer = { rcode: 'SERVFAIL' };
const nobody: DnsAnswer = { rcode: 'NXDOMAIN' };

async function server(says: Says, tcp = true): Promise<DnsServer> {
	const answers = ({ type }: { type: string }) => ('a' in says ? (type === 'A' ? says.a : says.aaaa) : says);
	return await startDns({ answers, tcp });
}

/** One attempt with these servers in resolv.conf, `closed` for a port where none listens. */
async function asked(servers: readonly (Says | 'closed')[], tcp = true, more: NodeOptions = {}): Promise<Observation> {
	await using stack = new AsyncDisposableStack();
	const nameservers: string[] = [];
	for (const says of servers) {
		if (says === 'closed') nameservers.push(`127.0.0.1:${await closedPort()}`);
		else nameservers.push(stack.use(await server(says, tcp)).nameserver);
	}
	return await attempt(await plain.node({ hosts: {}, nameservers, ...more }), plain.target());
}

const garbage = { garbage: Buffer.from('not a message') };

describe.concurrent('one nameserver', () => {
	test.each<[string, Says | 'closed', string]>([
		['that knows the name', here, 'none'],
		['that does not know the name', nobody, 'registry dns dns_name_not_found'],
		['that knows it without an address', { A: [] }, 'registry dns dns_no_address'],
		['with an alias that leads nowhere', { CNAME: 'gone.test' }, 'registry dns dns_no_address'],
		['that fails', failing, 'registry dns dns_server_failure'],
		['that finds the question malformed', { rcode: 'FORMERR' }, 'registry dns dns_server_failure'],
		['that does not implement it', { rcode: 'NOTIMP' }, 'registry dns dns_server_failure'],
		['that refuses', refused, 'registry dns dns_refused'],
		['that is silent', silent, 'registry dns dns_timeout'],
		['that is not there', 'closed', 'registry dns dns_unreachable'],
		['that sends what is no message', garbage, 'registry dns dns_malformed'],
		['that answers another ID', { ...here, wrongId: true }, 'registry dns dns_timeout'],
		['that answers another question', { ...here, wrongQuestion: true }, 'registry dns dns_timeout'],
		['that truncates over UDP', { ...here, truncate: true }, 'none'],
		['that answers only for IPv4', { a: here, aaaa: failing }, 'none'],
		['that swallows questions for IPv6', { a: here, aaaa: silent }, 'none'],
		['that has no IPv4 and fails for IPv6', { a: { A: [] }, aaaa: failing }, 'registry dns dns_server_failure'],
		['that fails for IPv4 and has no IPv6', { a: failing, aaaa: { A: [] } }, 'registry dns dns_server_failure'],
	])('%s', async (_name, says, expected) => {
		expect(verdict(await asked([says]))).toBe(expected);
	});

	test('that truncates, with TCP blocked', async () => {
		const observation = await asked([{ ...here, truncate: true }], false);
		expect(verdict(observation)).toBe('registry dns dns_truncated');
	});

	test('asked over TCP only, as resolv.conf may want it', async () => {
		await using dns = await server(here);
		const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver], options: 'use-vc' });
		expect(verdict(await attempt(node, plain.target()))).toBe('none');
		expect(new Set(dns.queries.map(({ transport }) => transport))).toEqual(new Set(['tcp']));
	});

	test('that is not there over TCP', async () => {
		const observation = await asked([here], false, { options: 'use-vc' });
		expect(verdict(observation)).toBe('registry dns dns_unreachable');
	});
});

describe.concurrent('two nameservers, verdict as Go takes them in order', () => {
	test.each<[string, readonly (Says | 'closed')[], string]>([
		['NXDOMAIN of the first ends it', [nobody, here], 'registry dns dns_name_not_found'],
		['a first that refuses is passed over', [refused, here], 'none'],
		['a first that fails is passed over', [failing, here], 'none'],
		['a first that is not there is passed over', ['closed', here], 'none'],
		['a first that is silent is passed over', [silent, here], 'none'],
		['refusal, then NXDOMAIN', [refused, nobody], 'registry dns dns_name_not_found'],
		['NXDOMAIN, then refusal', [nobody, refused], 'registry dns dns_name_not_found'],
		['silence, then NXDOMAIN', [silent, nobody], 'registry dns dns_name_not_found'],
		['failure, then silence', [failing, silent], 'registry dns dns_timeout'],
		['silence, then failure', [silent, failing], 'registry dns dns_server_failure'],
		['silence, NXDOMAIN, failure', [silent, nobody, failing], 'registry dns dns_name_not_found'],
	])('%s', async (_name, servers, expected) => {
		expect(verdict(await asked(servers))).toBe(expected);
	});

	test('split answers: the first one counts', async () => {
		const observation = await asked([{ A: ['127.0.0.1'] }, { A: ['127.0.0.9'] }]);
		expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({ addresses: ['127.0.0.1'] });
	});
});

test('each nameserver is told on its own, the dead one too', async () => {
	await using dead = await server(silent);
	await using good = await server(here);
	const node = await plain.node({ hosts: {}, nameservers: [dead.nameserver, good.nameserver] });
	const observation = await attempt(node, plain.target());
	expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({
		source: 'dns',
		nameservers: [
			{ server: dead.nameserver, family: 'ipv4', success: false, reason: 'dns_timeout' },
			{ server: dead.nameserver, family: 'ipv6', success: false, reason: 'dns_timeout' },
			{ server: good.nameserver, family: 'ipv4', success: true, seconds: expect.any(Number) },
			{ server: good.nameserver, family: 'ipv6', success: true, seconds: expect.any(Number) },
		],
	});
});

test('a nameserver that has the other family resolves, though it says NXDOMAIN', async () => {
	const { facts } = recordOf(await asked([{ a: here, aaaa: nobody }]), 'registry', 'dns');
	expect(facts).toMatchObject({ nameservers: [{ success: true }, { family: 'ipv6', success: true }] });
});

test('a nameserver that does not know the name is no success', async () => {
	const { facts } = recordOf(await asked([nobody]), 'registry', 'dns');
	const told = { success: false, reason: 'dns_name_not_found' };
	expect(facts).toMatchObject({ nameservers: [told, told] });
});

describe('names', () => {
	test('the search list completes a short name', async () => {
		await using dns = await startDns({ answers: { 'registry.cluster.test': here } });
		const node = await plain.node({ nameservers: [dns.nameserver], search: ['other.test', 'cluster.test'] });
		const endpoint = { ...plain.target().endpoint, hostname: 'registry' };
		const observation = await attempt(node, plain.target({ endpoint }));
		expect(verdict(observation)).toBe('none');
		expect(new Set(dns.queries.map(({ name }) => name))).toEqual(
			new Set(['registry.other.test', 'registry.cluster.test']),
		);
	});

	test('the error of the name as it was written counts', async () => {
		await using dns = await startDns({ answers: ({ name }) => (name === names.registry ? refused : nobody) });
		const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver], search: ['cluster.test'] });
		expect(verdict(await attempt(node, plain.target()))).toBe('registry dns dns_refused');
	});

	test('the hosts file goes before every nameserver', async () => {
		const node = await plain.node({ nameservers: [`127.0.0.1:${await closedPort()}`] });
		const observation = await attempt(node, plain.target());
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'dns').facts).toMatchObject({ source: 'hosts', nameservers: [] });
	});

	test('a name that DNS cannot carry does not exist', async () => {
		const endpoint = { ...plain.target().endpoint, hostname: `${'a'.repeat(64)}.test` };
		await using dns = await server(here);
		const node = await plain.node({ nameservers: [dns.nameserver] });
		expect(verdict(await attempt(node, plain.target({ endpoint })))).toBe('registry dns dns_name_not_found');
		expect(dns.queries).toEqual([]);
	});

	test('an address needs no DNS', async () => {
		const endpoint = { ...plain.target().endpoint, hostname: '127.0.0.1' };
		const observation = await attempt(await plain.node(), plain.target({ endpoint }));
		expect(verdict(observation)).toBe('none');
		expect(observation.records.map(({ stage }) => stage)).not.toContain('dns');
	});
});
