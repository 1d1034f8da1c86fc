import { expect, test } from 'vitest';

import { readAuthFiles } from '../../../src/node/crio/authFiles.ts';
import { makeNode } from '../../fakes/node.ts';

const login = (user: string) => JSON.stringify({ auths: { 'r.example': { username: user, password: 'p' } } });

test('the files of root are read in their order', async () => {
	await using node = await makeNode({
		files: { '/root/.docker/config.json': login('b'), '/run/containers/0/auth.json': login('a') },
	});
	expect(readAuthFiles(node.root).files.map(({ file }) => file)).toEqual([
		'/run/containers/0/auth.json',
		'/root/.docker/config.json',
	]);
});

test('the file of crio.conf stands in place of the others', async () => {
	await using node = await makeNode({
		files: { '/root/.docker/config.json': login('b'), '/var/lib/kubelet/config.json': login('a') },
	});
	const { files } = readAuthFiles(node.root, '/var/lib/kubelet/config.json');
	expect(files.map(({ file }) => file)).toEqual(['/var/lib/kubelet/config.json']);
});

test('a file that is no JSON is a fault', async () => {
	await using node = await makeNode({ files: { '/run/containers/0/auth.json': '{' } });
	expect(readAuthFiles(node.root)).toMatchObject({ files: [], faults: [{ fault: 'file_invalid' }] });
});
