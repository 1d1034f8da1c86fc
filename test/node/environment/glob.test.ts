import { expect, test } from 'vitest';

import { expandGlob } from '../../../src/node/environment/glob.ts';
import { makeNode } from '../../fakes/node.ts';

const names = ['proxy.env', 'a1', 'ax', '.hidden'];

test.each<[string, string[]]>([
	['*.env', ['proxy.env']],
	['p*y.e?v', ['proxy.env']],
	['proxy*', ['proxy.env']],
	['a[0-9]', ['a1']],
	['a[!0-9]', ['ax']],
	['a[^x]', ['a1']],
	['*', ['a1', 'ax', 'proxy.env']],
	['.*', ['.hidden']],
	['[', []],
])('the pattern %j finds %j', async (pattern, expected) => {
	await using node = await makeNode({ files: Object.fromEntries(names.map((name) => [`dir/${name}`, ''])) });
	expect(expandGlob(node.root, `/dir/${pattern}`)).toEqual(expected.map((name) => `/dir/${name}`));
});

test('paths below the root are found, sorted, and a plain path is itself', async () => {
	await using node = await makeNode({ files: { 'etc/b/2.env': '', 'etc/a/1.env': '', 'etc/a/x.txt': '' } });
	expect(expandGlob(node.root, '/etc/[ab]/*.env')).toEqual(['/etc/a/1.env', '/etc/b/2.env']);
	expect(expandGlob(node.root, '/etc/missing.env')).toEqual(['/etc/missing.env']);
	expect(expandGlob(node.root, '/missing/*.env')).toEqual([]);
});
