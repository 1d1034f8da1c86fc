import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../src/probe/observation.ts';
import { startDns } from '../fakes/dns.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { attempt, recordOf, targetAt, verdict } from '../probe/world.ts';
import { hostileCertificates } from './certificates.ts';
import { harmfulIn } from './dirt.ts';

const host = 'hostile.test';
const images = { 'team/app': { 1: makeImage() } };
const { bundle, certificates } = await hostileCertificates(host);

describe('a server whose certificates are', () => {
	let node: Node;
	beforeAll(async () => void (node = await makeNode({ bundle, hosts: { [host]: '127.0.0.1' } })));
	afterAll(() => node.remove());

	test.each(Object.entries(certificates))('%s', async (_title, { key, chain, expected }) => {
		await using server = await startRegistry({ tls: { key, cert: chain }, images });
		const began = performance.now();
		const observation = await attempt(node, targetAt({ scheme: 'https', hostname: host, port: server.port }));
		expect(verdict(observation)).toMatch(expected);
		expect(harmfulIn(observation)).toEqual([]);
		expect(observation.records.flatMap(({ facts }) => facts?.['names'] ?? []).length).toBeLessThanOrEqual(20);
		expect(performance.now() - began).toBeLessThan(1000);
	});
});

test('certificates of more than 100 KiB are named as what they are', async () => {
	const { key, chain } = certificates['5,000 long names'] ?? { key: '', chain: '' };
	await using node = await makeNode({ bundle, hosts: { [host]: '127.0.0.1' } });
	await using server = await startRegistry({ tls: { key, cert: chain }, images });
	const observation = await attempt(node, targetAt({ scheme: 'https', hostname: host, port: server.port }));
	expect(recordOf(observation, 'registry', 'tls')).toMatchObject({ detail: expect.stringContaining('100 KiB') });
});

describe('a DNS answer with 500 addresses', () => {
	const at = (part: number) => `127.7.${part % 250}.${1 + (part % 2)}`;
	const dead = Array.from({ length: 500 }, (_, part) => at(part));

	async function tried(A: readonly string[], port: number): Promise<Observation> {
		await using dns = await startDns({ answers: { [host]: { A, truncate: true } } });
		await using node = await makeNode({ nameservers: [dns.nameserver] });
		return await attempt(node, targetAt({ scheme: 'http', hostname: host, port }, { timeout: 1 }));
	}

	test('is tried at eight of them, and told of 32', async () => {
		const observation = await tried(dead, 1);
		expect(verdict(observation)).toBe('registry tcp tcp_refused');
		expect(recordOf(observation, 'registry', 'tcp').facts?.['addresses']).toHaveLength(8);
		expect(recordOf(observation, 'registry', 'dns').facts?.['addresses']).toHaveLength(32);
	});

	test('is good when one of the eight is', async () => {
		await using server = await startRegistry();
		expect(verdict(await tried(['127.0.0.1', ...dead], server.port))).toBe('registry manifest repository_not_found');
	});
});
