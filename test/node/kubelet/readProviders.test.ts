import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readProviders } from '../../../src/node/kubelet/readProviders.ts';
import { makeNode, type Node } from '../../fakes/node.ts';

const paths = { configuration: '/etc/providers.yaml', directory: '/opt/bin' };
const head = 'apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\nproviders:\n';
const entry = (name: string, more = '') =>
	`- name: ${name}
  apiVersion: credentialprovider.kubelet.k8s.io/v1
  matchImages: ['*.dkr.ecr.*.amazonaws.com', 'registry.io:8080/path']
  defaultCacheDuration: 12h
${more}`;

let node: Node;
beforeEach(async () => {
	node = await makeNode();
	for (const name of ['ecr', 'acr']) {
		await node.write(`/opt/bin/${name}`, '');
		await chmod(join(node.root, `/opt/bin/${name}`), 0o755);
	}
});
afterEach(() => node.remove());

/** What is wrong, `line detail`. */
async function faultsOf(text: string): Promise<string[]> {
	await node.write(paths.configuration, text);
	return readProviders(node.root, paths).faults.map(({ line, detail }) => `${line} ${detail.split(';')[0]}`);
}

test('an entry is read with its line', async () => {
	const more = `  args: [get-credentials, --v=3]
  env: [{ name: AWS_PROFILE, value: hidden }]
  tokenAttributes:
    serviceAccountTokenAudience: aud
    requireServiceAccount: true
    requiredServiceAccountAnnotationKeys: [a/b]
    cacheType: Token
`;
	await node.write(paths.configuration, head + entry('ecr', more) + entry('acr'));
	const { providers, faults } = readProviders(node.root, paths);
	expect(faults).toEqual([]);
	expect(providers.map(({ name, line }) => `${name}:${line}`)).toEqual(['ecr:4', 'acr:15']);
	expect(providers[0]).toMatchObject({
		file: '/etc/providers.yaml',
		program: '/opt/bin/ecr',
		defaultCacheDuration: 43_200,
		arguments: ['get-credentials', '--v=3'],
		tokenAttributes: { audience: 'aud', requireServiceAccount: true, requiredAnnotations: ['a/b'], cacheType: 'Token' },
	});
	expect(providers[0]?.environment.map(({ name, value }) => [name, value.reveal()])).toEqual([
		['AWS_PROFILE', 'hidden'],
	]);
	expect(JSON.stringify(providers)).not.toContain('hidden');
});

test('a file that is far too large is not read, and says so', async () => {
	await node.write(paths.configuration, `# ${'x'.repeat(300_000)}`);
	const { providers, faults } = readProviders(node.root, paths);
	expect(providers).toEqual([]);
	expect(faults).toMatchObject([{ fault: 'file_unreadable', detail: expect.stringContaining('is larger than') }]);
});

test('JSON is read too', async () => {
	const document = {
		apiVersion: 'kubelet.config.k8s.io/v1beta1',
		kind: 'CredentialProviderConfig',
		providers: [
			{
				name: 'ecr',
				apiVersion: 'credentialprovider.kubelet.k8s.io/v1beta1',
				matchImages: ['*.example'],
				defaultCacheDuration: '0s',
			},
		],
	};
	await node.write(paths.configuration, JSON.stringify(document, null, '\t'));
	const { providers, faults } = readProviders(node.root, paths);
	expect({ names: providers.map(({ name }) => name), faults }).toEqual({ names: ['ecr'], faults: [] });
});

test('a directory is read in the order of its names', async () => {
	await node.write('/etc/providers.yaml/20.yaml', head + entry('ecr'));
	await node.write('/etc/providers.yaml/10.json', head + entry('acr'));
	await node.write('/etc/providers.yaml/30.yaml', head + entry('acr'));
	await node.write('/etc/providers.yaml/README', 'x');
	const { providers, faults } = readProviders(node.root, paths);
	expect(providers.map(({ name }) => name)).toEqual(['acr', 'ecr']);
	expect(faults).toMatchObject([
		{ file: '/etc/providers.yaml/30.yaml', line: 4, detail: expect.stringMatching('twice') },
	]);
});

describe('what the kubelet would refuse is told with its line', () => {
	test.each([
		['', '1 is no map'],
		['a: [', 'it is no YAML'],
		[head.replace('v1\n', 'v2\n') + entry('ecr'), '1 apiVersion is none of'],
		[head.replace('kind: Cred', 'kind: Xred') + entry('ecr'), '2 kind is not'],
		[head, '3 providers is empty'],
		[head + entry('a/b'), '4 name is not the name of a program'],
		[head + entry('ecr').replace('k8s.io/v1', 'k8s.io/v2'), '5 apiVersion is none of'],
		[head + entry('ecr').replace('registry.io:8080', 'registry.io:x'), '6 matchImages[1] is no pattern'],
		[head + entry('ecr').replace('12h', '12'), '7 defaultCacheDuration is no text'],
		[head + entry('ecr').replace('12h', '-1h'), '7 defaultCacheDuration is no duration'],
		[head + entry('ecr', '  matchImage: x\n'), '8 unknown key "matchImage"'],
		[head + entry('ecr', '  args: x\n'), '8 args is no list'],
		[head + entry('gone'), '4 the program of provider gone, /opt/bin/gone, is not there'],
	])('%j', async (text, fault) => {
		expect((await faultsOf(text)).join('\n')).toContain(fault);
	});

	test('a program that is not executable', async () => {
		await chmod(join(node.root, '/opt/bin/ecr'), 0o644);
		expect(await faultsOf(head + entry('ecr'))).toEqual([expect.stringContaining('is not executable')]);
	});

	test('a file that is not there', () => {
		expect(readProviders(node.root, paths).faults).toMatchObject([{ fault: 'file_invalid' }]);
	});
});

test('a kubelet without providers has none', () => {
	expect(readProviders(node.root, undefined)).toEqual({ providers: [], faults: [] });
});

test('any text is read, and its faults bounded', async () => {
	const document = fc.json().map((text) => `${head}- ${text}\n`);
	await fc.assert(
		fc.asyncProperty(fc.oneof(fc.string(), document), async (text) => {
			await node.write(paths.configuration, text);
			const { faults } = readProviders(node.root, paths);
			expect(faults.length).toBeLessThanOrEqual(50);
			expect(faults.map(({ detail }) => detail).join(' ')).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 100 },
	);
});
