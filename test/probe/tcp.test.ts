import { describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import { inDialOrder } from '../../src/probe/dial/order.ts';
import type { AddressFact } from '../../src/probe/dial/dial.ts';
import type { Facts, Observation } from '../../src/probe/observation.ts';
import { startBlackhole } from '../fakes/blackhole.ts';
import { startDns } from '../fakes/dns.ts';
import { closedPort, resets, startMisbehaving } from '../fakes/misbehaving.ts';
import { makePlain } from './plain.ts';
import { attempt, names, recordOf, targetAt, verdict } from './world.ts';

interface Addresses {
	readonly A?: readonly string[];
	readonly AAAA?: readonly string[];
}

/** One attempt on a plain registry that listens at `listen`, with these addresses in DNS. */
async function dialled(
	{ A = [], AAAA = [] }: Addresses,
	listen: string,
	change: Partial<Target> = {},
): Promise<Observation> {
	await using plain = await makePlain({ address: listen });
	await using dns = await startDns({ answers: { [names.registry]: { A, AAAA } } });
	const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver] });
	return await attempt(node, plain.target(change));
}

const facts = (observation: Observation): Facts => recordOf(observation, 'registry', 'tcp').facts ?? {};

const states = (observation: Observation): string[] => {
	const told = facts(observation)['addresses'] as readonly AddressFact[];
	return told.map(({ address, state }) => `${address} ${state}`);
};

describe('one address', () => {
	test.each<[string, string, string]>([
		['where nothing listens', '127.0.0.9', 'tcp_refused'],
		['without a way to it', '224.0.0.1', 'tcp_unreachable'],
	])('%s', async (_name, address, reason) => {
		const observation = await dialled({ A: [address] }, '127.0.0.1');
		expect(verdict(observation)).toBe(`registry tcp ${reason}`);
		expect(facts(observation)).toEqual({ addresses: [{ address, family: 'ipv4', state: 'unreachable', reason }] });
	});

	test('that answers no SYN', async () => {
		await using hole = await startBlackhole();
		await using plain = await makePlain();
		const endpoint = { scheme: 'https', hostname: hole.address, port: hole.port } as const;
		const observation = await attempt(await plain.node(), targetAt(endpoint, { timeout: 0.5 }));
		expect(verdict(observation)).toBe('registry tcp tcp_timeout');
		expect(observation.seconds).toBeGreaterThan(0.45);
		expect(observation.seconds).toBeLessThan(0.8);
	});

	test('the detail says address and cause', async () => {
		const port = await closedPort();
		await using plain = await makePlain();
		const endpoint = { scheme: 'https', hostname: '::1', port } as const;
		const observation = await attempt(await plain.node(), targetAt(endpoint));
		expect(recordOf(observation, 'registry', 'tcp')).toMatchObject({
			reason: 'tcp_refused',
			detail: `[::1]:${port}: connection refused`,
		});
	});

	test('that resets what it has taken is beyond tcp', async () => {
		await using server = await startMisbehaving(resets);
		await using plain = await makePlain();
		const endpoint = { scheme: 'https', hostname: '127.0.0.1', port: server.port } as const;
		expect(verdict(await attempt(await plain.node(), targetAt(endpoint)))).toBe('registry tls connection_reset');
	});
});

describe('several addresses', () => {
	test('one of three is dead: the path is green and the dead one is told', async () => {
		await using hole = await startBlackhole({ address: '127.0.0.2' });
		await using plain = await makePlain({ address: '127.0.0.3', port: hole.port });
		await using dns = await startDns({ answers: { [names.registry]: { A: ['127.0.0.7', '127.0.0.2', '127.0.0.3'] } } });
		const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver] });
		const observation = await attempt(node, plain.target());
		expect(verdict(observation)).toBe('none');
		expect(facts(observation)).toEqual({
			used: '127.0.0.3',
			addresses: [
				{ address: '127.0.0.7', family: 'ipv4', state: 'unreachable', reason: 'tcp_refused' },
				{ address: '127.0.0.2', family: 'ipv4', state: 'unreachable', reason: 'tcp_timeout' },
				{ address: '127.0.0.3', family: 'ipv4', state: 'reachable', seconds: expect.any(Number) },
			],
		});
	});

	test('all dead: the error of the first one in Go’s order counts', async () => {
		const observation = await dialled({ A: ['224.0.0.1', '127.0.0.9'] }, '127.0.0.1');
		const record = recordOf(observation, 'registry', 'tcp');
		expect(record).toMatchObject({ detail: expect.stringMatching(/, 2 addresses tried$/) });
		const [first] = await inDialOrder(['224.0.0.1', '127.0.0.9']);
		expect(record).toMatchObject({ detail: expect.stringContaining(String(first)) });
	});

	test('a name with the same address twice has one', async () => {
		const observation = await dialled({ A: ['127.0.0.1', '127.0.0.1'] }, '127.0.0.1');
		expect(facts(observation)).toMatchObject({ addresses: [{ address: '127.0.0.1' }] });
	});

	test('of a hundred addresses eight of a family are asked', async () => {
		const A = Array.from({ length: 100 }, (_, at) => `127.0.1.${at + 1}`);
		const observation = await dialled({ A }, '127.0.0.1');
		expect(states(observation).length).toBe(8);
	});
});

describe('both families', () => {
	// Servers of other tests listen at 127.0.0.1.
	const apart: Addresses = { A: ['127.0.0.8'], AAAA: ['::1'] };
	const both: Addresses = { A: ['127.0.0.1'], AAAA: ['::1'] };

	test.each<[string, string, string]>([
		['only IPv4 answers', '127.0.0.8', '127.0.0.8'],
		['only IPv6 answers', '::1', '::1'],
	])('%s: that one is used', async (_name, listen, used) => {
		const observation = await dialled(apart, listen);
		expect(verdict(observation)).toBe('none');
		expect(facts(observation)).toMatchObject({ used });
		expect(states(observation).toSorted()).toEqual(
			['127.0.0.8', '::1'].map((address) => `${address} ${address === used ? 'reachable' : 'unreachable'}`),
		);
	});

	test('both answer: the family that comes first by RFC 6724 is used', async () => {
		await using other = await makePlain({ address: '::1' });
		await using plain = await makePlain({ port: other.registry.port });
		await using dns = await startDns({ answers: { [names.registry]: both } });
		const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver] });
		expect(facts(await attempt(node, plain.target()))).toMatchObject({ used: '::1' });
		expect(plain.registry.requests).toEqual([]);
	});

	test('a silent IPv6 costs 0.3 s, as in Go, and no more', async () => {
		await using hole = await startBlackhole({ address: '::1' });
		await using plain = await makePlain({ port: hole.port });
		await using dns = await startDns({ answers: { [names.registry]: both } });
		const node = await plain.node({ hosts: {}, nameservers: [dns.nameserver] });
		const observation = await attempt(node, plain.target({ timeout: 2 }));
		expect(facts(observation)).toMatchObject({ used: '127.0.0.1' });
		expect(observation.seconds).toBeGreaterThan(0.3);
		expect(observation.seconds).toBeLessThan(1.5);
	});
});

describe('order', () => {
	test.each<[string, readonly string[], readonly string[]]>([
		['addresses without a route come last', ['224.0.0.1', '127.0.0.1'], ['127.0.0.1', '224.0.0.1']],
		['IPv6 loopback before IPv4 loopback', ['127.0.0.1', '::1'], ['::1', '127.0.0.1']],
		['IPv4 stays as DNS gave it', ['127.0.0.3', '127.0.0.1', '127.0.0.2'], ['127.0.0.3', '127.0.0.1', '127.0.0.2']],
	])('%s', async (_name, given, expected) => {
		expect(await inDialOrder(given)).toEqual(expected);
	});
});
