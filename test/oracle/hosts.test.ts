import { expect, test } from 'vitest';

import { readHosts } from '../../src/node/hosts.ts';
import { hostsKey } from '../../src/registry/domainName.ts';
import { expand, readTable } from './table.ts';

interface Row {
	readonly what: string;
	readonly hosts: string;
	readonly name: string;
	readonly addresses: readonly string[];
}

const { go, rows } = readTable<Row>('hosts');

test.each(rows)(`${go}: $what`, ({ hosts, name, addresses }) => {
	expect(readHosts(expand(hosts)).hosts.get(hostsKey(name)) ?? []).toEqual(addresses);
});
