import { symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Target, TargetFile } from '../../src/plan/target.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import type { Node } from '../fakes/node.ts';
import { makePlain, type Plain } from './plain.ts';
import { attempt, names, recordOf, trail, verdict } from './world.ts';

const directory = '/etc/containerd/certs.d/registry.test';
const onNode = (name: string): TargetFile => ({ file: `${directory}/${name}`, of: 'node' });

let authority: Authority;
let client: Issued;
let demanding: Plain;
let node: Node;

beforeAll(async () => {
	authority = await createAuthority();
	client = await authority.issue({ names: ['node-a'], extendedKeyUsage: ['client'] });
	const other = await authority.issue({ names: ['node-b'], keyType: 'rsa' });
	const { key, chain } = await authority.issue({ names: [names.registry] });
	demanding = await makePlain({ tls: { key, cert: chain, ca: authority.pem, requestCert: true } });
	node = await demanding.node({ bundle: authority.pem });
	await node.write(`${directory}/client.cert`, client.chain);
	await node.write(`${directory}/client.key`, client.key);
	await node.write(`${directory}/both.pem`, client.key + client.chain);
	await node.write(`${directory}/other.key`, other.key);
	await node.write('/etc/pki/node.cert', client.chain);
	// As the node would read it: below its own root.
	await symlink('/etc/pki/node.cert', join(node.root, directory, 'linked.cert'));
});
afterAll(() => demanding[Symbol.asyncDispose]());

const shows = async (certificate: TargetFile, key: TargetFile, change: Partial<Target> = {}) =>
	await attempt(node, demanding.target({ clientCertificates: [{ certificate, key }], ...change }));

describe('a client certificate of the node', () => {
	test.each([
		['in two files', 'client.cert', 'client.key'],
		['in one file', 'both.pem', 'both.pem'],
		['behind a link that leads through the root of the node', 'linked.cert', 'client.key'],
	])('%s lets the path go on', async (_where, certificate, key) => {
		expect(verdict(await shows(onNode(certificate), onNode(key)))).toBe('none');
	});

	test.each([
		['is missing', 'missing.cert', 'client.key', 'cannot be read'],
		['has no key', 'client.cert', 'missing.key', 'cannot be read'],
		['has the key of another', 'client.cert', 'other.key', 'cannot be loaded'],
		['is none', 'other.key', 'other.key', 'cannot be loaded'],
	])('that %s makes the host unusable, as for the runtime', async (_what, certificate, key, detail) => {
		const observation = await shows(onNode(certificate), onNode(key));
		expect(verdict(observation)).toBe('registry tls node_config_unusable');
		expect(recordOf(observation, 'registry', 'tls')).toMatchObject({ detail: expect.stringContaining(detail) });
		expect(JSON.stringify(observation)).not.toContain('PRIVATE KEY');
	});

	test('of the agent is read where the agent is', async () => {
		const here: TargetFile = { file: join(node.root, directory, 'both.pem'), of: 'agent' };
		expect(verdict(await shows(here, here))).toBe('none');
	});
});

test('without a certificate the server refuses', async () => {
	expect(verdict(await attempt(node, demanding.target()))).toBe('registry tls tls_client_certificate_required');
});

test('what the runtime finds unusable before any network is told in its words, and nothing is sent', async () => {
	const before = demanding.registry.requests.length;
	const observation = await attempt(node, demanding.target({ unusable: 'unable to read CA cert "/etc/x.crt"' }));
	expect(verdict(observation)).toBe('registry tls node_config_unusable');
	expect(recordOf(observation, 'registry', 'tls')).toMatchObject({ detail: 'unable to read CA cert "/etc/x.crt"' });
	expect(demanding.registry.requests.length).toBe(before);
});

test('a host that is dead beside does not hide it, nor does plain HTTP', async () => {
	const endpoint = { scheme: 'http', hostname: 'nowhere.invalid', port: 80 } as const;
	const observation = await attempt(node, demanding.target({ endpoint, unusable: 'registries.conf blocks it' }));
	expect(trail(observation)).toEqual(['registry tls node_config_unusable']);
});

test('a CA file of the node is trusted beside its bundle', async () => {
	await using bare = await demanding.node();
	await bare.write(`${directory}/ca.crt`, authority.pem);
	const identity = { certificate: onNode('client.cert'), key: onNode('client.key') };
	await bare.write(identity.certificate.file, client.chain);
	await bare.write(identity.key.file, client.key);
	const target = demanding.target({ clientCertificates: [identity] });
	expect(verdict(await attempt(bare, target))).toBe('registry tls tls_untrusted');
	expect(verdict(await attempt(bare, { ...target, cas: [onNode('ca.crt')] }))).toBe('none');
	expect(verdict(await attempt(bare, { ...target, cas: [onNode('no.crt')] }))).toBe(
		'registry tls node_config_unusable',
	);
});
