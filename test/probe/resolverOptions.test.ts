import packet from 'dns-packet';
import { expect, test } from 'vitest';

import { createVantage } from '../../src/node/vantage.ts';
import { Deadline } from '../../src/probe/deadline.ts';
import { encodeQuestion, newQuestion } from '../../src/probe/resolve/message.ts';
import { resolve } from '../../src/probe/resolve/resolve.ts';
import { type DnsAnswer, startDns } from '../fakes/dns.ts';
import { makeNode } from '../fakes/node.ts';

/** How often nameservers that answer so were asked, and what each lookup of a node with these options came to. */
async function lookups(answers: readonly DnsAnswer[], options: string, times: number): Promise<[number, string[]]> {
	await using stack = new AsyncDisposableStack();
	const servers = await Promise.all(
		answers.map(async (answer) => stack.use(await startDns({ answers: () => answer }))),
	);
	const nameservers = servers.map(({ nameserver }) => nameserver);
	const node = stack.use(await makeNode({ nameservers, options }));
	const vantage = createVantage(node.root)();
	const found: string[] = [];
	for (let time = 0; time < times; time++) {
		const settling: Promise<unknown>[] = [];
		const settle = (work: Promise<unknown>) => settling.push(work);
		const { signal } = new AbortController();
		const facts = resolve({ name: 'registry.test', vantage, time: new Deadline(3), signal, settle });
		found.push(await facts.then(({ addresses }) => addresses.join(), String));
		await Promise.all(settling);
	}
	return [servers.flatMap(({ queries }) => queries).length, found];
}

test('rotate begins each question with the next nameserver, so that split answers take turns', async () => {
	const [, found] = await lookups([{ A: ['192.0.2.1'] }, { A: ['192.0.2.2'] }], 'rotate', 4);
	const [first = '', second = ''] = found;
	expect(found).toEqual([first, second, first, second]);
	expect([first, second].toSorted()).toEqual(['192.0.2.1', '192.0.2.2']);
});

test('without rotate the first nameserver counts each time', async () => {
	const [, found] = await lookups([{ A: ['192.0.2.1'] }, { A: ['192.0.2.2'] }], '', 3);
	expect(found).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.1']);
});

test('however many attempts are wished for, a nameserver is not flooded', async () => {
	const [asked] = await lookups([{ rcode: 'SERVFAIL' }], 'attempts:1000000', 1);
	expect(asked).toBeGreaterThan(4);
	expect(asked).toBeLessThanOrEqual(20);
});

test.each([
	[true, packet.AUTHENTIC_DATA],
	[false, 0],
])('with trust-ad (%s) a question carries the AD bit', (trustAd, bit) => {
	const { flags = 0 } = packet.decode(encodeQuestion(newQuestion('registry.test', 'ipv4', trustAd)));
	expect(flags & packet.AUTHENTIC_DATA).toBe(bit);
});
