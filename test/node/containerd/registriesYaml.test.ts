import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { originOfEndpoint, originOfServer, parseRegistries } from '../../../src/node/containerd/registriesYaml.ts';
import { makeNode } from '../../fakes/node.ts';

const registries = `mirrors:
  docker.io:
    endpoint:
      - "https://mirror.example:5000"
      - mirror2.example/v2
  "*":
    endpoint: [https://all.example]
configs:
  "mirror.example:5000":
    auth: { username: hunter, password: hunter2 }
`;
const file = '/etc/rancher/k3s/registries.yaml';
const source = parseRegistries(registries, file);

describe('the line of an endpoint', () => {
	test.each([
		['docker.io', 'https://mirror.example:5000/v2', 4],
		['docker.io', 'https://mirror.example:5000', 4],
		['docker.io', 'https://mirror2.example/v2', 5],
		['docker.io', 'http://mirror2.example', 5],
		['*', 'https://all.example/v2', 7],
		['docker.io', 'https://all.example/v2', undefined],
		['quay.io', 'https://all.example/v2', undefined],
	])('%s %s', (registry, endpoint, line) => {
		expect(originOfEndpoint(source, registry, endpoint)).toEqual(line === undefined ? undefined : { file, line });
	});

	test("of a registry's own settings", () => {
		expect(originOfServer(source, 'mirror.example:5000')).toEqual({ file, line: 9 });
		expect(originOfServer(source, 'docker.io')).toEqual({ file, line: 2 });
		expect(originOfServer(source, 'quay.io')).toBeUndefined();
	});
});

test('no secret is kept', () => {
	expect(JSON.stringify([...(source?.mirrors ?? []), ...(source?.configs ?? [])])).not.toContain('hunter');
});

test.each(['a: [', ': :', '['.repeat(100_000), '- '.repeat(50_000)])('no YAML %#', (text) => {
	expect(parseRegistries(text, file)).toBeUndefined();
});

test('any text is read or is none', () => {
	const part = fc.constantFrom(
		'mirrors:',
		'endpoint:',
		'\n',
		'  ',
		'- ',
		'a',
		'[',
		'{',
		'&a',
		'*a',
		'!!',
		'"',
		': ',
		'? ',
		'%YAML',
		'---\n',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(text, (yaml) => {
			const result = parseRegistries(yaml, file);
			expect(result === undefined || result.file === file).toBe(true);
		}),
	);
});

describe('the host that was generated from it', () => {
	const k3s = '/var/lib/rancher/k3s/agent/etc/containerd';
	const config = `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "${k3s}/certs.d"\n`;

	test('names it as its source', async () => {
		const hosts =
			'server = "https://registry-1.docker.io/v2"\n[host."https://mirror.example:5000/v2"]\n[host."https://hand.example"]\n';
		await using node = await makeNode({
			files: { [file]: registries, [`${k3s}/config.toml`]: config, [`${k3s}/certs.d/docker.io/hosts.toml`]: hosts },
		});
		const content = readContainerd(node.root).registryRoots.get(`${k3s}/certs.d`)?.directories.get('docker.io')
			?.hostsFile?.content;
		if (!content || !('hosts' in content)) throw new Error('not read');
		expect([...content.hosts.values(), content.root].map(({ origin }) => origin)).toEqual([
			{ file, line: 4 },
			undefined,
			{ file, line: 2 },
		]);
	});

	test('in the older form as well', async () => {
		const older = `[plugins.cri.registry.mirrors."docker.io"]\nendpoint = ["https://mirror.example:5000"]\n`;
		await using node = await makeNode({ files: { [file]: registries, [`${k3s}/config.toml`]: older } });
		const mirrors = readContainerd(node.root).files[0]?.sections.get('cri')?.mirrors;
		expect(mirrors?.get('docker.io')?.endpoints[0]?.origin).toEqual({ file, line: 4 });
	});

	test('a file that is no YAML is a fault', async () => {
		await using node = await makeNode({ files: { [file]: 'a: [', [`${k3s}/config.toml`]: config } });
		expect(readContainerd(node.root).faults).toMatchObject([{ file, fault: 'file_invalid' }]);
	});
});
