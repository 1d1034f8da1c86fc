import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { registryProbe } from './command.ts';

const stack = new AsyncDisposableStack();
const upstream = 'registry.test';
let node: Node;
let mirror: HttpServer;
let registry: HttpServer;

beforeAll(async () => {
	const authority = await createAuthority();
	const issued = await authority.issue({ names: ['mirror.test', upstream] });
	const served = {
		tls: { key: issued.key, cert: issued.chain },
		images: { 'team/app': { 1: makeImage() }, 'cache/team/app': { 1: makeImage() } },
	};
	mirror = stack.use(await startRegistry(served));
	registry = stack.use(await startRegistry({ ...served, auth: { basic: { user: 'puller', password: 'hunter2' } } }));
	const auth = Buffer.from('puller:hunter2').toString('base64');
	node = stack.use(
		await makeNode({
			hosts: Object.fromEntries(['mirror.test', upstream].map((name) => [name, '127.0.0.1'])),
			files: {
				'/usr/bin/crio': '',
				'/run/crio/version': '"1.36.1"',
				'/etc/containers/registries.conf': `\
[[registry]]
location = "${upstream}:${registry.port}"
[[registry.mirror]]
location = "gone.test:1"
[[registry.mirror]]
location = "mirror.test:${mirror.port}/cache"
[[registry]]
location = "blocked.test"
blocked = true
`,
				[`/etc/containers/certs.d/mirror.test:${mirror.port}/ca.crt`]: authority.pem,
				[`/etc/containers/certs.d/${upstream}:${registry.port}/ca.crt`]: authority.pem,
				'/etc/crio/crio.conf.d/10-auth.conf': '[crio.image]\nglobal_auth_file = "/etc/crio/auth.json"\n',
				'/etc/crio/auth.json': JSON.stringify({ auths: { [`${upstream}:${registry.port}`]: { auth } } }),
			},
		}),
	);
	await node.write(
		'/config.yaml',
		`timeout: 1s
node: { name: node-1, root: ${node.root} }
registries:
  - { name: app, image: '${upstream}:${registry.port}/team/app:1', credentials: node }
`,
	);
});

afterAll(() => stack.disposeAsync());

const run = (command: string, ...more: readonly string[]) =>
	registryProbe([command, '--config', join(node.root, 'config.yaml'), ...more], { LANG: 'C.UTF-8' });

test('plan shows where CRI-O looks, with file and line', async () => {
	const { stdout } = await run('plan');
	expect(stdout).toContain('runtime     cri-o 1.36.1 (/run/crio/version)\n');
	expect(stdout.match(/^ {2}(?:host|request|because) .*$/gm)).toEqual([
		'  host      gone.test:1 (mirror)',
		'  request   https://gone.test:1/v2/team/app/manifests/1',
		'  because   /etc/containers/registries.conf:3',
		`  host      mirror.test:${mirror.port} (mirror)`,
		`  request   https://mirror.test:${mirror.port}/v2/cache/team/app/manifests/1`,
		'  because   /etc/containers/registries.conf:5',
		`  host      ${upstream}:${registry.port} (upstream)`,
		`  request   https://${upstream}:${registry.port}/v2/team/app/manifests/1`,
		'  because   /etc/containers/registries.conf:1',
	]);
	expect(stdout).toContain(`/etc/containers/certs.d/mirror.test:${mirror.port}/ca.crt`);
});

test('check walks each as CRI-O would, with GET /v2/ first and its own login', async () => {
	const { code, stdout } = await run('check');
	expect(stdout).toMatch(/^! app via gone\.test:1 /m);
	expect(stdout).not.toMatch(/^✗/m);
	for (const { requests } of [mirror, registry]) expect(requests[0]).toMatchObject({ method: 'GET', path: '/v2/' });
	expect(registry.requests.at(-1)?.headers.authorization).toMatch(/^Basic /);
	expect(mirror.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
	expect(code).toBe(0);
});

test('an image that registries.conf blocks fails without a packet, and plan says which line blocks it', async () => {
	const { code, stdout } = await run('check', 'blocked.test/team/app:1');
	expect(stdout).toMatch(/^✗ blocked\.test .*node_config_unusable/m);
	expect(code).toBe(1);
	await node.write('/config.yaml', `node: { root: ${node.root} }\nregistries:\n  - { name: blocked.test }\n`);
	const { faults } = JSON.parse((await run('plan', '--output', 'json')).stdout) as { faults: readonly unknown[] };
	expect(faults).toContainEqual(
		expect.objectContaining({ file: '/etc/containers/registries.conf', line: 9, fault: 'registry_blocked' }),
	);
});
