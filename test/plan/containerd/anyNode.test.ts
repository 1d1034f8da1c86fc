import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { containerdFaults, containerdRoute } from '../../../src/plan/containerd/route.ts';
import { parseReference } from '../../../src/registry/image.ts';
import { makeNode } from '../../fakes/node.ts';

const lines = (...all: readonly string[]) =>
	fc.array(fc.constantFrom(...all), { maxLength: 10 }).map((chosen) => chosen.join('\n'));
const config = lines(
	'version = 2',
	'version = 3',
	'version = "x"',
	'imports = ["*.toml"]',
	'[plugins."io.containerd.cri.v1.images"]',
	'[plugins."io.containerd.grpc.v1.cri".registry]',
	'[plugins.cri.registry.mirrors."*"]',
	'endpoint = ["https://m", "http://[::1", "ftp://x", "\u001b[31m"]',
	'config_path = "/etc/containerd/certs.d:/b"',
	'config_path = "/etc/containerd/certs.d"',
	'config_path = "\\u001b[31m:/b"',
	'registry.config_path = "/etc/containerd/certs.d"',
	'headers = { "a b" = ["hunter2"], __proto__ = ["x"] }',
	'use_local_image_pull = true',
	'max_concurrent_downloads = 0',
	'configs."m".tls = { ca_file = "no", key_file = "no" }',
);
const hosts = lines(
	'server = "https://s"',
	'server = "http"',
	'[host."https://m"]',
	'[host."m:5000/\\u001b[31m"]',
	'[host."http://m:5000".header]',
	'[host."https://user:hunter2@m/%zz"]',
	'x = "hunter2\\n"',
	'capabilities = ["\\u001b[31mpull"]',
	'capabilities = ["push"]',
	'ca = ["no.crt"]',
	'ca = []',
	'client = "\\u0000"',
	'skip_verify = true',
	'dial_timeout = "-1s"',
	'[host."https://m".rewrite]',
	'"(a+)+$" = "$1"',
);
const image = fc.constantFrom(
	'busybox',
	'localhost:5000/a',
	'[::1]:5000/a',
	'registry.example/a/b:1',
	`a:443/b@sha256:${'0'.repeat(64)}`,
);
const name = fc.constantFrom('docker.io', 'localhost:5000', '_default', 'registry.example', '\u001b[31m');
const version = fc.constantFrom('1.6.20', '1.7.35', '2.0.0', '2.1.0', '2.2.0', '2.4.2');

test('whatever a node says, there is a route, and nothing in it harms those who read it', async () => {
	const situation = fc.record({ config, hosts, image, name, version, k3s: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(situation, async ({ k3s, ...given }) => {
			const main = k3s ? '/var/lib/rancher/k3s/agent/etc/containerd/config.toml' : '/etc/containerd/config.toml';
			const files = { [main]: given.config, [`/etc/containerd/certs.d/${given.name}/hosts.toml`]: given.hosts };
			await using node = await makeNode({ files });
			const facts = readContainerd(node.root);
			const runtime = { name: 'containerd', version: given.version } as const;
			const { hosts: found, refused, faults } = containerdRoute(facts, parseReference(given.image), runtime);
			const all = [...faults, ...containerdFaults(facts, runtime)];
			const texts = [...all.map(({ detail }) => detail), refused ?? '', ...found.map(({ unusable }) => unusable ?? '')];
			expect(texts.filter((text) => /\p{Cc}|hunter2/u.test(text))).toEqual([]);
			expect(found.filter(({ root }) => root !== '' && !/^\/.*[^/]$/.test(root))).toEqual([]);
			const ports = found.map(({ endpoint }) => endpoint.port);
			expect(ports.filter((port) => !(port >= 1 && port <= 65_535))).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});
