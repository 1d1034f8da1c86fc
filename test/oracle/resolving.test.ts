import { expect, test } from 'vitest';

import { createVantage } from '../../src/node/vantage.ts';
import type { Vantage } from '../../src/plan/vantage.ts';
import { Deadline } from '../../src/probe/deadline.ts';
import { resolve } from '../../src/probe/resolve/resolve.ts';
import { ProbeFailure } from '../../src/probe/stage.ts';
import { type DnsAnswer, type DnsQuery, startDns } from '../fakes/dns.ts';
import { makeNode } from '../fakes/node.ts';
import { readTable } from './table.ts';

interface Rule {
	readonly server?: string;
	readonly name?: string;
	readonly type?: string;
	readonly says: string;
}

interface Row {
	readonly what: string;
	readonly resolvConf: string;
	readonly hosts: string;
	readonly nsswitch: string;
	readonly name: string;
	readonly rules: readonly Rule[];
	readonly addresses: readonly string[];
	readonly error: string;
}

const { go, rows } = readTable<Row>('resolving');

test.concurrent.each(rows)(`${go}: $what`, async (row) => {
	await using stack = new AsyncDisposableStack();
	const node = stack.use(await makeNode());
	await node.write('etc/resolv.conf', row.resolvConf);
	await node.write('etc/hosts', row.hosts);
	await node.write('etc/nsswitch.conf', row.nsswitch);
	const vantage = createVantage(node.root)();
	const nameservers = await Promise.all(
		vantage.resolver.nameservers.map(async ({ address }) => {
			const { port } = stack.use(await startDns({ answers: (query) => answerOf(row.rules, address, query) }));
			return { address: '127.0.0.1', port };
		}),
	);
	const found = await resolved(row.name, { ...vantage, resolver: { ...vantage.resolver, nameservers } });
	expect(found).toEqual({ addresses: row.addresses, error: row.error });
});

async function resolved(name: string, vantage: Vantage): Promise<Pick<Row, 'addresses' | 'error'>> {
	const { signal } = new AbortController();
	try {
		const facts = await resolve({ name, vantage, time: new Deadline(5), signal, settle: () => undefined });
		return { addresses: facts.addresses.toSorted(), error: '' };
	} catch (error) {
		if (!(error instanceof ProbeFailure)) throw error;
		return { addresses: [], error: words[error.reason] ?? error.reason };
	}
}

/** Go's word for our reasons. */
const words: Readonly<Record<string, string>> = {
	dns_name_not_found: 'no such host',
	dns_no_address: 'no such host',
	dns_server_failure: 'server misbehaving',
	dns_refused: 'server misbehaving',
	dns_timeout: 'timeout',
};

function answerOf(rules: readonly Rule[], server: string, { name, type }: DnsQuery): DnsAnswer | undefined {
	const [said, next] = rules
		.filter((rule) => rule.server === undefined || rule.server === server)
		.filter((rule) => rule.name === undefined || rule.name === name)
		.filter((rule) => rule.type === undefined || rule.type === type)
		.map(({ says }) => says);
	if (said === 'TRUNCATED') return { ...spoken(next ?? 'NXDOMAIN'), truncate: true };
	return said === undefined ? undefined : spoken(said);
}

const codes = ['NXDOMAIN', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'] as const;

function spoken(says: string): DnsAnswer {
	if (says === 'SILENT') return { silent: true };
	if (says === 'EMPTY') return {};
	const rcode = codes.find((code) => code === says);
	if (rcode) return { rcode };
	const addresses = says.split(' ');
	return { A: addresses.filter((it) => !it.includes(':')), AAAA: addresses.filter((it) => it.includes(':')) };
}
