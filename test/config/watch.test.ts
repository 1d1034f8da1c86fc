import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { watchConfig } from '../../src/config/watch.ts';
import { Folder } from './folder.ts';

/** A change is told within this many milliseconds. */
const promised = 2000;

let folder: Folder;
let stop: AbortController;
let changes = 0;

beforeEach(async () => {
	folder = await Folder.make();
	stop = new AbortController();
	changes = 0;
});

afterEach(async () => {
	stop.abort();
	await folder[Symbol.asyncDispose]();
});

/** Watches the files and comes back when the first look is over. */
async function watch(...files: readonly string[]): Promise<void> {
	watchConfig(
		() => files,
		() => (changes += 1),
		stop.signal,
	);
	await sleep(200);
}

/** How many changes were told, as soon as there are `count`, at the latest when the promised time is over. */
async function told(count: number): Promise<number> {
	const until = performance.now() + promised;
	while (changes < count && performance.now() < until) await sleep(20);
	return changes;
}

test('a file written in place', async () => {
	const file = await folder.write('config.yaml', 'a');
	await watch(file);
	await writeFile(file, 'b');
	expect(await told(1)).toBe(1);
	await writeFile(file, 'c');
	expect(await told(2)).toBe(2);
});

test('a file replaced by renaming', async () => {
	const file = await folder.write('config.yaml', 'a');
	await watch(file);
	await rename(await folder.write('new', 'b'), file);
	expect(await told(1)).toBe(1);
});

test('the symbolic link of a ConfigMap swapped', async () => {
	const at = (...parts: string[]) => join(folder.path, ...parts);
	for (const version of ['v1', 'v2']) {
		await mkdir(at(version));
		await writeFile(at(version, 'config.yaml'), version);
	}
	await symlink('v1', at('..data'));
	await symlink('..data/config.yaml', at('config.yaml'));
	await watch(at('config.yaml'));
	await symlink('v2', at('..data_tmp'));
	await rename(at('..data_tmp'), at('..data'));
	expect(await told(1)).toBe(1);
});

test('a file that goes and comes back', async () => {
	const file = await folder.write('config.yaml', 'a');
	await watch(file);
	await rm(file);
	expect(await told(1)).toBe(1);
	await writeFile(file, 'a');
	expect(await told(2)).toBe(2);
});

test('the second of several files', async () => {
	const [config, ca] = [await folder.write('config.yaml', 'a'), await folder.write('ca.pem', 'a')];
	await watch(config, ca);
	await writeFile(ca, 'b');
	expect(await told(1)).toBe(1);
});

test('the same content written again is no change', async () => {
	const file = await folder.write('config.yaml', 'a');
	await watch(file);
	await writeFile(file, 'a');
	await sleep(promised);
	expect(changes).toBe(0);
});

test('a file that is still being written is waited for', async () => {
	const file = await folder.write('config.yaml', '');
	await watch(file);
	for (let part = 0; part < 8; part += 1) {
		await writeFile(file, `part ${part}`);
		await sleep(250);
	}
	expect(changes).toBe(0);
	expect(await told(1)).toBe(1);
});

test('nothing is told after the end', async () => {
	const file = await folder.write('config.yaml', 'a');
	await watch(file);
	stop.abort();
	await writeFile(file, 'b');
	await sleep(promised);
	expect(changes).toBe(0);
});
