import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
	const authority = await createAuthority();
	const [own, other] = await Promise.all([
		authority.issue({ names: ['a'] }),
		authority.issue({ names: ['b'], keyType: 'rsa' }),
	]);
	await folder.write('tls.crt', own.chain);
	await folder.write('tls.key', own.key);
	await folder.write('other.key', other.key);
	await folder.write('empty', '');
});

afterAll(() => folder[Symbol.asyncDispose]());

const tls = 'tls: { certificate: tls.crt, key: tls.key }';

test('without a word there is neither TLS nor authentication', async () => {
	const config = await folder.load('{}');
	expect(config).toMatchObject({ authentication: 'none' });
	expect(config).not.toHaveProperty('tls');
	expect(config.cluster).toEqual({ events: false, condition: false, conditionAfter: 120 });
});

test('the files of the listener are found beside the configuration, and watched', async () => {
	const { tls: paths, files } = await folder.load(tls);
	expect(paths).toEqual({ certificate: `${folder.path}/tls.crt`, key: `${folder.path}/tls.key` });
	expect(files).toEqual(expect.arrayContaining([`${folder.path}/tls.crt`, `${folder.path}/tls.key`]));
});

describe('authentication', () => {
	test('is refused where tokens would cross the network in plain text', async () => {
		expect(await folder.faults('authentication: kubernetes')).toEqual([
			'config.yaml:1:17  authentication: "kubernetes" would have tokens cross the network in plain text; ' +
				'add tls: { certificate: …, key: … }, or listen on 127.0.0.1',
		]);
	});

	test.each(["listen: '0.0.0.0:9917'", "listen: '[::]:9917'", 'listen: 10.0.0.1:9917', 'listen: :9917'])(
		'is refused with %s alone',
		async (listen) => {
			expect(await folder.faults(`${listen}\nauthentication: kubernetes`)).toHaveLength(1);
		},
	);

	test.each(['listen: 127.0.0.1:9917', "listen: '[::1]:9917'", 'listen: localhost:9917', tls])(
		'is taken with %s',
		async (line) => {
			expect(await folder.load(`${line}\nauthentication: kubernetes`)).toMatchObject({ authentication: 'kubernetes' });
		},
	);
});

describe('tls', () => {
	test.each([
		['{ certificate: tls.crt, key: nowhere }', 'tls.key', 'cannot be read: no such file'],
		['{ certificate: nowhere, key: tls.key }', 'tls.certificate', 'cannot be read: no such file'],
		['{ certificate: tls.crt, key: other.key }', 'tls.certificate', 'its key belongs to another certificate'],
		['{ certificate: tls.crt, key: empty }', 'tls.certificate', 'no private key'],
		['{ certificate: empty, key: tls.key }', 'tls.certificate', 'no certificate'],
		['{ certificate: tls.crt }', 'tls', '"key" is missing'],
	])('%s is a fault of %s', async (value, path, words) => {
		const faults = await folder.faults(`tls: ${value}`);
		expect(faults).toEqual([expect.stringContaining(`${path}: `)]);
		expect(faults[0]).toContain(words);
	});
});

test('what is written to the cluster is switched on by one word each', async () => {
	const { cluster } = await folder.load('cluster: { events: true, condition: true, condition_after: 5m }');
	expect(cluster).toEqual({ events: true, condition: true, conditionAfter: 300 });
});
