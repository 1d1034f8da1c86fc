import { closeSync, openSync } from 'node:fs';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';

import { expect, test } from 'vitest';

import { watchNode } from '../../src/node/watchNode.ts';
import { makeNode } from '../fakes/node.ts';

const interval = 0.1;
const file = '/etc/containerd/certs.d/docker.io/hosts.toml';

/** Runs a change of a node's files under a watch of `paths` and gives what the watch says of it. */
async function changes(
	paths: readonly string[],
	change: (root: string) => Promise<void>,
	before: (root: string) => Promise<void> = async () => {},
): Promise<string[]> {
	await using node = await makeNode({ files: { [file]: 'server = "a"' } });
	await before(node.root);
	// So that what was written just now counts as old.
	await sleep(60);
	const seen = new Set<string>();
	const watch = watchNode(
		() => paths,
		(changed) => changed.forEach((path) => seen.add(path)),
		{ root: node.root, interval },
	);
	await sleep(250);
	expect([...seen]).toEqual([]);
	await change(node.root);
	await sleep(350);
	watch.close();
	return [...seen];
}

test('a file that is written in place is noticed', async () => {
	expect(await changes([file], (root) => writeFile(join(root, file), 'server = "b"'))).toEqual([file]);
});

test('a write that leaves size and time of the file as they were is noticed', async () => {
	const time = new Date('2026-01-01T00:00:00Z');
	const change = async (root: string) => {
		await writeFile(join(root, file), 'server = "b"');
		await utimes(join(root, file), time, time);
	};
	expect(await changes([file], change, (root) => utimes(join(root, file), time, time))).toEqual([file]);
});

test('a file that is replaced by a rename is noticed', async () => {
	const change = async (root: string) => {
		await writeFile(join(root, 'new'), 'server = "b"');
		await rename(join(root, 'new'), join(root, file));
	};
	expect(await changes([file], change)).toEqual([file]);
});

test('the swap of the link through which a mounted ConfigMap is read is noticed', async () => {
	const write = async (root: string, version: string) => {
		await mkdir(join(root, `mount/${version}`), { recursive: true });
		await writeFile(join(root, `mount/${version}/hosts.toml`), 'server = "a"');
	};
	const before = async (root: string) => {
		await write(root, '..1');
		await write(root, '..2');
		await symlink('..1', join(root, 'mount/..data'));
		await symlink('..data/hosts.toml', join(root, 'mount/hosts.toml'));
	};
	const swap = async (root: string) => {
		await symlink('..2', join(root, 'mount/..tmp'));
		await rename(join(root, 'mount/..tmp'), join(root, 'mount/..data'));
	};
	expect(await changes(['/mount/hosts.toml'], swap, before)).toEqual(['/mount/hosts.toml']);
});

test('a file that appears where there was not even a directory is noticed', async () => {
	const missing = '/etc/rancher/k3s/registries.yaml';
	const change = async (root: string) => {
		await mkdir(join(root, '/etc/rancher/k3s'), { recursive: true });
		await writeFile(join(root, missing), 'mirrors: {}');
	};
	expect(await changes([missing], change)).toEqual([missing]);
});

test('a file that goes away is noticed, one that nobody named is not', async () => {
	expect(await changes([file], (root) => rm(join(root, file)))).toEqual([file]);
	expect(await changes([file], (root) => writeFile(join(root, 'etc/other'), ''))).toEqual([]);
});

test('a new entry of a directory is noticed', async () => {
	const directory = '/etc/containerd/certs.d';
	expect(await changes([directory], (root) => mkdir(join(root, directory, 'ghcr.io')).then(() => {}))).toEqual([
		directory,
	]);
});

test('what was written between reading and watching is noticed', async () => {
	await using node = await makeNode({ files: { [file]: 'server = "a"' } });
	const since = Date.now() - 1000;
	const seen: string[] = [];
	const watch = watchNode(
		() => [file],
		(changed) => seen.push(...changed),
		{ root: node.root, interval, since },
	);
	await sleep(200);
	watch.close();
	expect(seen).toContain(file);
});

test('the end of a process is noticed', async () => {
	const child = spawn('sleep', ['60']);
	const path = `/proc/${child.pid}`;
	const seen: string[] = [];
	const watch = watchNode(
		() => [path],
		(changed) => seen.push(...changed),
		{ root: '/', interval },
	);
	await sleep(250);
	expect(seen).toEqual([]);
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill();
	await gone;
	await sleep(250);
	watch.close();
	expect(seen).toEqual([path]);
});

test('nothing is noticed any more after it was closed', async () => {
	await using node = await makeNode({ files: { [file]: 'server = "a"' } });
	const seen: string[] = [];
	const watch = watchNode(
		() => [file],
		(changed) => seen.push(...changed),
		{ root: node.root, interval },
	);
	watch.close();
	await writeFile(join(node.root, file), 'server = "b"');
	await sleep(250);
	expect(seen).toEqual([]);
});

test('it opens no file, so that a want of descriptors changes nothing', async () => {
	await using node = await makeNode({ files: { [file]: 'server = "a"' } });
	const lowest = () => {
		const descriptor = openSync('/dev/null', 'r');
		closeSync(descriptor);
		return descriptor;
	};
	const before = lowest();
	const watch = watchNode(
		() => [file, '/etc'],
		() => {},
		{ root: node.root, interval },
	);
	expect(lowest()).toBe(before);
	watch.close();
});
