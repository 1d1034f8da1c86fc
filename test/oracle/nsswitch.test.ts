import { expect, test } from 'vitest';

import { readNsswitch } from '../../src/node/nsswitch.ts';
import { readTable } from './table.ts';

interface Row {
	readonly what: string;
	readonly nsswitch: string | null;
	readonly name: string;
	readonly order: string;
	readonly libc: boolean;
}

const { go, rows } = readTable<Row>('nsswitch');

test.each(rows)(`${go}: $what`, ({ nsswitch, order }) => {
	expect(readNsswitch(nsswitch ?? undefined).sources.join(',')).toBe(order);
});

/** For other names than these the choice is the same for all. */
const ordinary = rows.filter(({ name }) => name === 'registry.corp.test');

test.each(ordinary)(`${go} would leave names to libc: $what`, ({ nsswitch, libc }) => {
	expect(readNsswitch(nsswitch ?? undefined).libc !== undefined).toBe(libc);
});
