import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { fileNames, listDirectory } from '../../src/node/directory.ts';
import { makeNode } from '../fakes/node.ts';

test('entries stand in the order of their names, each as what it is itself', async () => {
	await using node = await makeNode({ files: { 'etc/d/b': '', 'etc/d/a/x': '' } });
	await symlink('a', join(node.root, 'etc/d/c'));
	expect(listDirectory(node.root, '/etc/d')).toEqual({
		state: 'read',
		value: {
			entries: [
				{ name: 'a', isDirectory: true, isLink: false },
				{ name: 'b', isDirectory: false, isLink: false },
				{ name: 'c', isDirectory: false, isLink: true },
			],
			more: false,
		},
	});
});

test('of many the first are given, and that there are more', async () => {
	await using node = await makeNode({ files: { 'etc/d/c': '', 'etc/d/a': '', 'etc/d/b': '' } });
	expect(fileNames(node.root, '/etc/d', 2)).toEqual(['a', 'b']);
	expect(listDirectory(node.root, '/etc/d', 2)).toMatchObject({ value: { more: true } });
	expect(listDirectory(node.root, '/etc/d', 3)).toMatchObject({ value: { more: false } });
});

test('a directory that is none, or is not there, has no names', async () => {
	await using node = await makeNode({ files: { 'etc/a': '' } });
	expect(listDirectory(node.root, '/etc/a')).toMatchObject({ state: 'unfit', why: 'is no directory' });
	expect(listDirectory(node.root, '/etc/b')).toEqual({ state: 'missing' });
	expect([...fileNames(node.root, '/etc/a'), ...fileNames(node.root, '/etc/b')]).toEqual([]);
});
