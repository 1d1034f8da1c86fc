import { expect, test } from 'vitest';

import { readResolvConf, type ResolvConf } from '../../src/node/resolvConf.ts';
import { namesToAsk } from '../../src/probe/resolve/names.ts';
import { expand, readTable } from './table.ts';

interface Row {
	readonly what: string;
	readonly resolvConf: string | null;
	readonly hostname: string;
	readonly name: string;
	readonly asked: readonly string[];
	readonly timeout: number;
	readonly sequential: boolean;
	readonly rotated: boolean;
	readonly ad: boolean;
	readonly libc: boolean;
}

const { go, rows } = readTable<Row>('resolvConf');

function read({ resolvConf, hostname }: Row): ResolvConf {
	return readResolvConf(resolvConf === null ? undefined : expand(resolvConf), hostname);
}

/** What would be asked when no nameserver can answer: each name, in each attempt, of each nameserver. */
function questions(conf: ResolvConf, name: string): string[] {
	const attempts = Array.from({ length: conf.attempts });
	const transport = conf.useTcp ? 'tcp' : 'udp';
	return namesToAsk(name, conf).flatMap((full) => {
		return attempts.flatMap(() => conf.nameservers.map(({ address }) => `${address} ${transport} ${full}`));
	});
}

test.each(rows)(`${go} asks in this order: $what`, (row) => {
	expect(questions(read(row), row.name)).toEqual(row.asked);
});

const asking = rows.filter(({ asked }) => asked.length > 0);

test.each(asking)(`${go} asks in this way: $what`, (row) => {
	const { timeout, singleRequest, rotate, trustAd, nameservers } = read(row);
	const way = { timeout, sequential: singleRequest, rotated: rotate && nameservers.length > 1, ad: trustAd };
	expect(way).toEqual({ timeout: row.timeout, sequential: row.sequential, rotated: row.rotated, ad: row.ad });
});

test.each(rows)(`${go} would leave names to libc: $what`, (row) => {
	expect(read(row).unknown.length > 0).toBe(row.libc);
});
