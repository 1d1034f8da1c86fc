import { execFileSync } from 'node:child_process';
import { symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { readBelow, readBytes, readNodeFile } from '../../src/node/nodeFile.ts';
import { makeNode } from '../fakes/node.ts';

test.each([0, 1, 1023, 1024, 1025, 100_000])('a file of %i bytes is read whole', async (length) => {
	await using node = await makeNode({ files: { 'etc/a': 'x'.repeat(length) } });
	expect(readNodeFile(node.root, '/etc/a')).toEqual({ state: 'read', text: 'x'.repeat(length) });
});

test('a file of the kernel, which says that it is empty, is read whole', () => {
	const all = execFileSync('cat', ['/proc/cpuinfo']).length;
	const found = readBytes('/', '/proc/cpuinfo');
	expect(found.state === 'read' && Math.abs(found.value.length - all) < 200).toBe(true);
	expect(readBelow('/', '/proc/self/comm')).not.toBe('');
});

test('of a file that is too large only the beginning is given, where that will do', async () => {
	await using node = await makeNode({ files: { 'etc/a': 'abcdef' } });
	expect(readBelow(node.root, '/etc/a', 4)).toBe('abcd');
	expect(readBytes(node.root, '/etc/a', 6).state).toBe('read');
	expect(readBytes(node.root, '/etc/a', 5)).toMatchObject({
		state: 'unreadable',
		why: 'is larger than 5 bytes, and is not read here',
	});
	await truncate(join(node.root, 'etc/a'), 1e12);
	expect(readNodeFile(node.root, '/etc/a')).toMatchObject({ state: 'unreadable', fault: { file: '/etc/a' } });
});

test('nobody waits for who writes to a pipe', async () => {
	await using node = await makeNode({ files: { 'etc/a': '' } });
	execFileSync('mkfifo', [join(node.root, 'etc/pipe')]);
	expect(readBytes(node.root, '/etc/pipe')).toEqual({ state: 'unfit', why: 'is no regular file' });
	expect(readBelow(node.root, '/etc/pipe')).toBeUndefined();
});

test('what is not there is missing, what is no file is told', async () => {
	await using node = await makeNode({ files: { 'etc/a': '' } });
	await symlink('/etc/round', join(node.root, 'etc/round'));
	expect(readNodeFile(node.root, '/etc/b')).toEqual({ state: 'missing' });
	expect(readNodeFile(node.root, '/etc/a/b')).toEqual({ state: 'missing' });
	expect(readBytes(node.root, '/etc/a/b')).toMatchObject({ state: 'unfit', why: 'is no directory' });
	expect(readBytes(node.root, '/etc/round')).toMatchObject({ state: 'unfit', why: 'cannot be opened (ELOOP)' });
	const detail = 'it is no regular file';
	expect(readNodeFile(node.root, '/etc')).toMatchObject({ fault: { fault: 'file_unreadable', detail } });
});

test('a path that is longer than Linux takes is not followed', async () => {
	await using node = await makeNode({ files: { 'etc/a': 'x', 'e/a': 'x' } });
	const there = (length: number) => '/etc/a'.padStart(length, '/');
	expect(readBytes(node.root, there(4095)).state).toBe('read');
	expect(readBytes(node.root, there(4096))).toMatchObject({ state: 'unfit', code: 'ENAMETOOLONG' });
	await symlink('a/'.repeat(2000), join(node.root, 'e/long'));
	expect(readBytes(node.root, `/e/long/${'b/'.repeat(1000)}`)).toMatchObject({ state: 'unfit', code: 'ENAMETOOLONG' });
});

test('what the system refuses is told with the right that it takes', () => {
	// Even root may not read it: only whoever traces the process may write there.
	expect(readNodeFile('/', '/proc/self/clear_refs')).toMatchObject({
		fault: { detail: expect.stringMatching(/^it cannot be read \(E\w+\)/) as string },
	});
});
