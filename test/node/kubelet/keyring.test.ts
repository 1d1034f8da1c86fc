import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { keyringFiles, readKeyring } from '../../../src/node/kubelet/keyring.ts';
import { matchLogins } from '../../../src/registry/dockerConfig.ts';
import { makeNode, type Node } from '../../fakes/node.ts';

const place = { rootDirectory: '/var/lib/kubelet', workingDirectory: '/', home: '/root' };
const login = (username: string) => JSON.stringify({ auths: { 'r.example': { username, password: 'p' } } });

let node: Node;
beforeEach(async () => {
	node = await makeNode();
});
afterEach(() => node.remove());

/** The user that the kubelet would pull with. */
const user = () => matchLogins(readKeyring(node.root, place).config, 'r.example/a')[0]?.username;

test('the files are those of the kubelet, in its order', () => {
	expect(keyringFiles(place).map(({ file }) => file)).toEqual([
		'/var/lib/kubelet/config.json',
		'/config.json',
		'/root/.docker/config.json',
		'/.docker/config.json',
		'/var/lib/kubelet/.dockercfg',
		'/.dockercfg',
		'/root/.dockercfg',
	]);
});

test('without HOME the working directory stands in its place', () => {
	const files = keyringFiles({ rootDirectory: '/data', workingDirectory: '/work' }).map(({ file }) => file);
	expect(files.slice(0, 4)).toEqual([
		'/data/config.json',
		'/work/config.json',
		'/work/.docker/config.json',
		'/.docker/config.json',
	]);
});

describe('of several files', () => {
	test('the first counts', async () => {
		await node.write('/root/.docker/config.json', login('home'));
		expect(user()).toBe('home');
		await node.write('/var/lib/kubelet/config.json', login('kubelet'));
		expect(user()).toBe('kubelet');
	});

	test('one without any login ends the search', async () => {
		await node.write('/var/lib/kubelet/config.json', '{}');
		await node.write('/.docker/config.json', login('other'));
		expect(user()).toBeUndefined();
	});

	test.each(['{', '[]', '{"auths":{"a":{"auth":"%%%"},"r.example":{"username":"u","password":"p"}}}'])(
		'%s is passed over, and told',
		async (text) => {
			await node.write('/var/lib/kubelet/config.json', text);
			await node.write('/.docker/config.json', login('other'));
			expect(user()).toBe('other');
			expect(readKeyring(node.root, place).faults).toMatchObject([
				{ file: '/var/lib/kubelet/config.json', fault: 'file_invalid' },
			]);
		},
	);

	test('the older form is read last', async () => {
		await node.write('/.dockercfg', JSON.stringify({ 'r.example': { auth: btoa('old:p') } }));
		expect(user()).toBe('old');
		await node.write('/.docker/config.json', login('new'));
		expect(user()).toBe('new');
	});
});

test('a file that may not be read says what it needs, and ends the search', async () => {
	await node.write('/var/lib/kubelet/config.json', login('kubelet'));
	await node.write('/.docker/config.json', login('other'));
	await chmod(node.root, 0o755);
	await chmod(join(node.root, '/var/lib/kubelet/config.json'), 0);
	const { unreadable, faults, config } = asNobody(() => readKeyring(node.root, place));
	expect({ unreadable, entries: config.entries }).toEqual({ unreadable: true, entries: [] });
	expect(faults[0]?.detail).toContain('run the agent as root');
});

/** What `read` gives without the rights of root. */
function asNobody<T>(read: () => T): T {
	const before = process.geteuid?.() ?? 0;
	if (before === 0) process.seteuid?.(65_534);
	try {
		return read();
	} finally {
		process.seteuid?.(before);
	}
}

test('a directory in place of the file is a fault', async () => {
	await node.write('/var/lib/kubelet/config.json/x', '');
	expect(readKeyring(node.root, place).faults).toMatchObject([{ fault: 'file_unreadable' }]);
});

test('what the kubelet passes over is told without its value', async () => {
	const auths = {
		'r.example': { identitytoken: 'hidden' },
		'https://u:hidden@r.example:port?hidden': { username: 'u', password: 'hidden' },
		'https://u:hidden@other.example/v1/': { registrytoken: 'hidden' },
	};
	await node.write('/var/lib/kubelet/config.json', JSON.stringify({ auths, credsStore: 'ecr-login' }));
	const { faults, keys } = readKeyring(node.root, place);
	expect(keys).toEqual(['r.example', 'other.example']);
	expect(faults.map(({ fault, detail }) => `${fault} ${detail.split(':')[0]}`)).toEqual([
		'setting_ignored credsStore',
		'setting_ignored "r.example"',
		'setting_invalid an entry is no location; the kubelet passes over it',
		'setting_ignored "https',
	]);
	expect(JSON.stringify([faults, keys])).not.toContain('hidden');
});

test('any text of the file gives a keyring', async () => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
			await node.write('/var/lib/kubelet/config.json', text);
			const { faults } = readKeyring(node.root, place);
			expect(JSON.stringify(faults.map(({ detail }) => detail))).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 50 },
	);
});
