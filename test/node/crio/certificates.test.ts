import { symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import type { CrioFacts } from '../../../src/node/crio/facts.ts';
import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { createAuthority, type Issued } from '../../fakes/authority.ts';
import { makeNode } from '../../fakes/node.ts';

let ca: string;
let client: Issued;
let other: Issued;
beforeAll(async () => {
	const authority = await createAuthority();
	ca = authority.pem;
	client = await authority.issue({ extendedKeyUsage: ['client'] });
	other = await authority.issue({ extendedKeyUsage: ['client'], keyType: 'rsa' });
});

async function factsOf(files: Readonly<Record<string, string>>): Promise<CrioFacts> {
	await using node = await makeNode({ files });
	return readCrio(node.root);
}

test('authorities and client certificates of a host', async () => {
	const directory = '/etc/containers/certs.d/registry.example:5000';
	const { certificates, faults } = await factsOf({
		[`${directory}/b.crt`]: ca,
		[`${directory}/a.crt`]: ca,
		[`${directory}/c.cert`]: client.chain,
		[`${directory}/c.key`]: client.key,
		[`${directory}/readme`]: 'x',
	});
	expect(faults).toEqual([]);
	expect(certificates.get('registry.example:5000')).toEqual({
		host: 'registry.example:5000',
		directory,
		cas: [`${directory}/a.crt`, `${directory}/b.crt`],
		clients: [{ certificate: `${directory}/c.cert`, key: `${directory}/c.key` }],
	});
});

test('of several directories of one host only the first counts', async () => {
	const { certificates, faults } = await factsOf({
		'etc/containers/certs.d/a.example/none': '',
		'etc/docker/certs.d/a.example/ca.crt': ca,
		'etc/docker/certs.d/b.example/ca.crt': ca,
		'root/.config/containers/certs.d/c.example/ca.crt': ca,
		'etc/containers/certs.d/c.example/ca.crt': ca,
	});
	expect([...certificates.values()].map(({ directory, cas }) => `${directory} ${cas.length}`).toSorted()).toEqual([
		'/etc/containers/certs.d/a.example 0',
		'/etc/docker/certs.d/b.example 1',
		'/root/.config/containers/certs.d/c.example 1',
	]);
	expect(faults.map(({ file, fault }) => `${file} ${fault}`)).toEqual([
		'/etc/containers/certs.d/c.example setting_ignored',
		'/etc/docker/certs.d/a.example setting_ignored',
	]);
});

test('an authority that is none is passed over', async () => {
	const { certificates, faults } = await factsOf({ 'etc/containers/certs.d/a.example/ca.crt': 'none' });
	expect(certificates.get('a.example')).toMatchObject({ cas: [], clients: [] });
	expect(certificates.get('a.example')?.unusable).toBeUndefined();
	expect(faults).toMatchObject([{ fault: 'certificate_unusable', file: '/etc/containers/certs.d/a.example/ca.crt' }]);
});

test.each<[string, () => Record<string, string>, string, string]>([
	['a certificate without its key', () => ({ 'a.cert': client.cert }), 'a.cert', 'no "a.key"'],
	['a key without its certificate', () => ({ 'a.key': client.key }), 'a.key', 'no "a.cert"'],
	[
		'a key of another certificate',
		() => ({ 'a.cert': client.cert, 'a.key': other.key }),
		'a.cert',
		'belongs to another certificate',
	],
	['a certificate that is none', () => ({ 'a.cert': 'x', 'a.key': client.key }), 'a.cert', 'no certificate'],
	['a key that is none', () => ({ 'a.cert': client.cert, 'a.key': 'x' }), 'a.cert', 'no private key'],
	['a directory that is named as an authority', () => ({ 'a.crt/b': 'x' }), 'a.crt', 'is a directory'],
])('%s makes the host unusable', async (_name, files, file, why) => {
	const directory = '/etc/containers/certs.d/a.example';
	const named = Object.entries(files()).map(([name, text]) => [`${directory}/${name}`, text] as const);
	const { certificates, faults } = await factsOf(Object.fromEntries(named));
	expect(certificates.get('a.example')?.unusable).toContain(why);
	expect(faults).toMatchObject([{ fault: 'certificate_unusable', file: `${directory}/${file}` }]);
	expect(JSON.stringify([...certificates])).not.toContain('PRIVATE');
});

test('an authority’s link that leads nowhere is passed over', async () => {
	await using node = await makeNode({ files: { 'etc/containers/certs.d/a.example/b.crt': ca } });
	await symlink('/nowhere', join(node.root, 'etc/containers/certs.d/a.example/a.crt'));
	const { certificates, faults } = readCrio(node.root);
	expect(certificates.get('a.example')).toMatchObject({ cas: ['/etc/containers/certs.d/a.example/b.crt'] });
	expect(faults).toEqual([]);
});
