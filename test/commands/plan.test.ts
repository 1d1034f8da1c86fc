import { afterAll, beforeAll, expect, test } from 'vitest';

import { Folder } from '../config/folder.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { registryProbe } from './command.ts';

let folder: Folder;
let node: Node;
let file: string;

beforeAll(async () => {
	folder = await Folder.make();
	const { pem: bundle } = await createAuthority();
	node = await makeNode({ bundle, nameservers: ['10.0.0.2', '10.0.0.3:5353'], search: ['corp'] });
	const proxy = "'http://user:${P}@proxy:3128'";
	const registry = `{ name: docker.io, endpoint: http://mirror.example, proxy: ${proxy} }`;
	file = await folder.write('config.yaml', `registries:\n  - ${registry}\n  - name: ghcr.io\n`);
});

afterAll(async () => {
	await Promise.all([folder[Symbol.asyncDispose](), node.remove()]);
});

const plan = (...args: string[]) =>
	registryProbe(['plan', '--config', file, '--root', node.root, '--node', 'node-1', ...args], { P: 'hunter2' });

test('people read what would be probed and why', async () => {
	const { code, stdout, stderr } = await plan();
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toBe(`\
node        node-1
runtime     none seen below the root; the rules of containerd 2.4.2 hold
nameservers 10.0.0.2, 10.0.0.3:5353, search corp (/etc/resolv.conf)
bundle      /etc/ssl/certs/ca-certificates.crt, 1 certificate

docker.io
  image     docker.io/library/hello-world:latest
  host      mirror.example (mirror)
  request   http://mirror.example/v2/library/hello-world/manifests/latest?ns=docker.io
  every     5m, at most 10s a stage
  proxy     http://proxy:3128 (${file}:2)
  trust     plain http, nothing is verified
  login     anonymous
  blob      at most 64KiB of sha256:c1ec31eb5944…
  because   ${file}:2

ghcr.io
  image     none named; ghcr.io/library/busybox:latest stands in
  host      ghcr.io (upstream)
  request   https://ghcr.io/v2/library/busybox/manifests/latest
  every     5m, at most 10s a stage
  proxy     none
  trust     the node's bundle
  login     anonymous
  blob      not read
  because   ${file}:3
`);
});

test('programs read the same as JSON', async () => {
	const { code, stdout } = await plan('--output', 'json');
	expect(code).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({
		version: 1,
		node: 'node-1',
		resolver: { nameservers: ['10.0.0.2', '10.0.0.3:5353'], search: ['corp'], source: '/etc/resolv.conf' },
		targets: [
			{ registry: 'docker.io', proxy: 'http://proxy:3128', source: { file, line: 2 } },
			{ registry: 'ghcr.io', url: 'https://ghcr.io/v2/library/busybox/manifests/latest' },
		],
	});
});

test('no password is in either', async () => {
	const outputs = await Promise.all([plan(), plan('--output', 'json'), plan('--log-level', 'debug', '--verbose')]);
	expect(JSON.stringify(outputs)).not.toContain('hunter2');
});

test('without any file the well-known registries are planned', async () => {
	const { code, stdout } = await registryProbe(['plan', '--root', node.root]);
	expect(code).toBe(0);
	expect(stdout.match(/because {3}no registries are configured/g)).toHaveLength(4);
	expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
