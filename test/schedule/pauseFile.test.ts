import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPauseFile } from '../../src/schedule/pauseFile.ts';
import { causesOf, type Pauses } from '../../src/schedule/pauses.ts';
import { readPauses } from '../../src/schedule/readPauses.ts';
import { HandClock } from './handClock.ts';

const hour = 3_600_000;
let directory: string;
let faults: string[];

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'pauses-'));
	faults = [];
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (clock = new HandClock(), at: string | undefined = directory) =>
	openPauseFile(at, clock, (detail) => faults.push(detail));

const all: Pauses = {
	retryAfter: { until: 1_800_000 },
	floor: true,
	credentials: { fingerprint: 'abcd1234', rejections: 2, until: hour },
};

test('pauses of all kinds survive a restart', async () => {
	const file = open();
	file.set('a a', all);
	await file.flush();
	expect(open().get('a a')).toEqual(all);
	expect(faults).toEqual([]);
});

test('time that passes between two runs counts', async () => {
	const file = open();
	file.set('a a', all);
	await file.flush();
	const later = new HandClock();
	later.setWall(later.wall() + 600_000);
	expect(open(later).get('a a').retryAfter).toEqual({ until: 1_200_000 });
});

test('a wall clock that was set back between two runs makes no pause longer than its kind lasts', async () => {
	const file = open();
	file.set('a a', all);
	await file.flush();
	const back = new HandClock();
	back.setWall(0);
	expect(open(back).get('a a')).toMatchObject({ retryAfter: { until: hour }, credentials: { until: hour } });
});

test('without a directory pauses live in memory', async () => {
	const file = openPauseFile(undefined, new HandClock(), (detail) => faults.push(detail));
	file.set('a a', all);
	await file.flush();
	expect(file.get('a a')).toEqual(all);
	expect(faults).toEqual([]);
});

test('a pause that ended is forgotten', async () => {
	const file = open();
	file.set('a a', all);
	file.set('a a', {});
	await file.flush();
	expect(open().get('a a')).toEqual({});
});

test.each(['', 'null', '{"version":2,"targets":{}}', '{"version":1,"targets":{"a a":{"flo', '\0\0\0'])(
	'a state file that reads %j costs one line and the agent goes on',
	async (text) => {
		writeFileSync(join(directory, 'pauses.json'), text);
		const file = open();
		expect(faults).toHaveLength(1);
		file.set('a a', all);
		await file.flush();
		expect(open().get('a a')).toEqual(all);
		expect(faults).toHaveLength(1);
	},
);

test('a state file that is too large is not read', () => {
	writeFileSync(join(directory, 'pauses.json'), ' '.repeat(2 ** 20 + 1));
	open();
	expect(faults).toHaveLength(1);
});

test('a directory that cannot be written costs one line, however often something changes', async () => {
	const blocked = join(directory, 'file');
	writeFileSync(blocked, '');
	const file = open(new HandClock(), blocked);
	faults.length = 0;
	for (const id of ['a a', 'b b', 'c c']) {
		file.set(id, all);
		await file.flush();
	}
	expect(faults).toEqual([expect.stringContaining('cannot be written')]);
	expect(file.get('b b')).toEqual(all);
});

test('a write that fails leaves the old file whole', async () => {
	const file = open();
	file.set('a a', all);
	await file.flush();
	mkdirSync(join(directory, 'pauses.json.new'));
	file.set('b b', all);
	await file.flush();
	expect(faults).toHaveLength(1);
	expect(file.get('b b')).toEqual(all);
	expect(open().get('a a')).toEqual(all);
});

test('nothing but the state file stays in the directory, readable for its owner only', async () => {
	const file = open();
	file.set('a a', all);
	await file.flush();
	expect(readdirSync(directory)).toEqual(['pauses.json']);
	expect(statSync(join(directory, 'pauses.json')).mode & 0o777).toBe(0o600);
});

test('at most 1000 targets are remembered, the latest ones', async () => {
	const file = open();
	for (let at = 0; at < 1200; at += 1) file.set(`target ${at}`, { floor: true });
	await file.flush();
	expect(Object.keys(JSON.parse(readFileSync(join(directory, 'pauses.json'), 'utf8')).targets)).toHaveLength(1000);
	expect(open().get('target 199')).toEqual({});
	expect(open().get('target 1199')).toEqual({ floor: true });
});

test('any text is read without anything but a SyntaxError', () => {
	const text = fc.oneof(
		fc.string(),
		fc.json(),
		fc.json().map((targets) => `{"version":1,"targets":${targets}}`),
	);
	const outcome = (any: string): unknown => {
		try {
			return readPauses(any, 10).map(([, pauses]) => causesOf(pauses));
		} catch (error) {
			return error;
		}
	};
	fc.assert(
		fc.property(text, (any) => {
			const found = outcome(any);
			expect(Array.isArray(found) || found instanceof SyntaxError).toBe(true);
		}),
	);
});

test('a target with something unexpected in it is left out', () => {
	const targets = {
		good: { floor: true },
		bad1: { retryAfter: { until: 'soon' } },
		bad2: { credentials: { fingerprint: 'x', rejections: 0, until: 1 } },
		bad3: 7,
	};
	expect(readPauses(JSON.stringify({ version: 1, targets }), 10)).toEqual([['good', { floor: true }]]);
});
