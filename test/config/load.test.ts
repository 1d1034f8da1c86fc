import { hostname } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ConfigurationError } from '../../src/config/fault.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createAuthority } from '../fakes/authority.ts';
import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
	await folder.write('ca.pem', (await createAuthority()).pem);
	const auths = { 'https://index.docker.io/v1/': { auth: btoa('me:hunter2') } };
	await folder.write('docker.json', JSON.stringify({ auths }));
});

afterAll(() => folder[Symbol.asyncDispose]());

const builtIn = {
	listen: { host: '::', port: 9917 },
	authentication: 'none',
	interval: 60,
	timeout: 10,
	attemptTimeout: 60,
	concurrency: 4,
	proxy: { kind: 'node' },
	noProxy: '',
	discovery: {
		mirrors: true,
		images: true,
		upstream: 'auto',
		allow: ['*'],
		deny: [],
		keep: 3600,
		credentials: 'anonymous',
		serviceAccount: '/var/run/secrets/kubernetes.io/serviceaccount',
	},
	explain: { pods: true, probe: true },
	pullSecrets: { namespaces: [], interval: 300 },
	cluster: { events: false, condition: false, conditionAfter: 120 },
};

test('no file at all is a valid configuration', async () => {
	expect(await loadConfig({ environment: { NODE_NAME: 'n1' } })).toEqual({
		...builtIn,
		files: [],
		node: { name: 'n1', root: '/', runtime: 'auto', network: 'host', credentialProviders: 'list' },
	});
});

test.each(['', '# nothing\n', '---\n', 'registries:\n'])('the file %j has every default', async (yaml) => {
	const config = await folder.load(yaml);
	expect(config).toMatchObject(builtIn);
	expect(config.registries).toBeUndefined();
});

test('an empty list of registries is a list', async () => {
	expect((await folder.load('registries: []')).registries).toEqual([]);
});

test('the node is named by the host where nothing else names it', async () => {
	expect((await loadConfig({ environment: { NODE_NAME: '' } })).node.name).toBe(hostname());
});

test('the command line stands over the file', async () => {
	const file = await folder.write('node.yaml', 'node: { name: filed, root: /filed }');
	const { node } = await loadConfig({
		file,
		environment: { NODE_NAME: 'n1' },
		overrides: { node: 'typed', root: '/x' },
	});
	expect(node).toMatchObject({ name: 'typed', root: '/x' });
});

test('every key is read', async () => {
	const yaml = `
listen: 127.0.0.1:1
interval: 2m
timeout: 3s
attempt_timeout: 4s
concurrency: 5
node: { name: '\${NODE}', root: /host, runtime: cri-o/1.37.0, network: pod }
proxy: none
no_proxy: .corp
registries:
  - name: docker.io
    image: busybox
    interval: 5m
    ratelimit: { floor: 20% }
    blob: { bytes: 1KiB, digest: 'sha256:${'a'.repeat(64)}' }
    manifest_get: never
    credentials: { file: docker.json }
    endpoint: http://mirror.example:5000
    ca: ca.pem
    insecure: true
    proxy: https://user:hunter2@proxy.example
    no_proxy: localhost
discovery:
  mirrors: false
  images: false
  upstream: never
  allow: ['*.Corp.example', quay.io]
  deny: ['registry.corp.example:5000']
  keep: 2h
  credentials: node
  service_account: token
`;
	const config = await folder.load(yaml, { NODE: 'n2' });
	const file = join(folder.path, 'config.yaml');
	const ca = join(folder.path, 'ca.pem');
	const login = join(folder.path, 'docker.json');
	expect(config).toMatchObject({
		file,
		files: [file, ca, login],
		listen: { host: '127.0.0.1', port: 1 },
		interval: 120,
		timeout: 3,
		attemptTimeout: 4,
		concurrency: 5,
		node: { name: 'n2', root: '/host', runtime: 'cri-o/1.37.0', network: 'pod' },
		proxy: { kind: 'none' },
		noProxy: '.corp',
		discovery: {
			mirrors: false,
			images: false,
			upstream: 'never',
			allow: ['*.corp.example', 'quay.io'],
			deny: ['registry.corp.example:5000'],
			keep: 7200,
			credentials: 'node',
			serviceAccount: join(folder.path, 'token'),
		},
	});
	expect(config.registries).toMatchObject([
		{
			name: 'docker.io',
			image: { domain: 'docker.io', repository: 'library/busybox', tag: 'latest' },
			interval: 300,
			floor: 0.2,
			blobBytes: 1024,
			blobDigest: `sha256:${'a'.repeat(64)}`,
			manifestGet: false,
			credentials: { source: 'file', file: login },
			endpoint: { scheme: 'http', hostname: 'mirror.example', port: 5000 },
			ca,
			insecure: true,
			proxy: { kind: 'url', scheme: 'https', hostname: 'proxy.example', port: 443 },
			noProxy: 'localhost',
			source: { file, line: 11 },
		},
	]);
});

test('an unquoted variable is typed as if its value stood there, a quoted one is text', async () => {
	expect((await folder.load('concurrency: ${N}', { N: '7' })).concurrency).toBe(7);
	expect(await folder.faults("concurrency: '${N}'", { N: '7' })).toHaveLength(1);
	expect((await folder.load("node: { name: '${N}' }", { N: '7' })).node.name).toBe('7');
});

test('an anchor repeats settings', async () => {
	const yaml =
		'registries:\n  - { name: a.example, ratelimit: &r { floor: 5% } }\n  - { name: b.example, ratelimit: *r }\n';
	expect((await folder.load(yaml)).registries?.map(({ floor }) => floor)).toEqual([0.05, 0.05]);
});

test('a configured secret is printed nowhere', async () => {
	const config = await folder.load('proxy: http://user:${P}@proxy:1', { P: 'hunter2' });
	expect(JSON.stringify(config)).not.toContain('hunter2');
});

test('a file that is not there is a fault without a place', async () => {
	const file = join(folder.path, 'absent.yaml');
	const failed = await loadConfig({ file, environment: {} }).catch((error: unknown) => error);
	expect(failed).toBeInstanceOf(ConfigurationError);
	expect(String(failed)).toContain(`${file}  the file cannot be read: no such file; check the path`);
});

test('the node name from outside is a label too', async () => {
	await expect(loadConfig({ environment: { NODE_NAME: 'a b' } })).rejects.toThrow(
		"NODE_NAME  the node's name holds spaces",
	);
});
