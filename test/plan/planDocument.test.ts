import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

import type { CredentialProvider } from '../../src/node/kubelet/credentialProvider.ts';
import { planDocument } from '../../src/plan/planDocument.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import { Secret } from '../../src/registry/secret.ts';
import { configOf, entryOf } from './settings.ts';

const resolver = {
	nameservers: [
		{ address: '10.0.0.2', port: 53 },
		{ address: '::1', port: 5353 },
	],
	search: ['corp'],
	source: '/etc/resolv.conf',
};

const login = { username: 'user', password: new Secret('hunter2') };
const registries = [
	entryOf({
		name: 'docker.io',
		endpoint: { scheme: 'http', hostname: 'mirror.example', port: 5000 },
		proxy: { kind: 'url', scheme: 'http', hostname: '::1', port: 3128, login },
		ca: '/ca.pem',
		credentials: { source: 'file', file: '/secret/login.json' },
	}),
];

test('the document says how the runtime would ask', () => {
	const [target] = planTargets(configOf({ registries }));
	if (!target) throw new Error('nothing is planned');
	const targets = [{ ...target, headers: { 'x-key': 'hunter2' } }];
	const document = planDocument({ faults: [], node: 'node-1', resolver, targets });
	expect(document).toEqual({
		version: 1,
		node: 'node-1',
		resolver: { nameservers: ['10.0.0.2', '[::1]:5353'], search: ['corp'], source: '/etc/resolv.conf' },
		targets: [
			{
				registry: 'docker.io',
				image: 'docker.io/library/hello-world:latest',
				host: 'mirror.example:5000',
				url: 'http://mirror.example:5000/v2/library/hello-world/manifests/latest?ns=docker.io',
				via: 'mirror',
				capabilities: ['pull', 'resolve'],
				headers: ['x-key'],
				proxy: 'http://[::1]:3128',
				proxySource: 'config.yaml:3',
				ca: '/ca.pem',
				insecure: false,
				credentials: { source: 'file' },
				source: { file: 'config.yaml', line: 3 },
			},
		],
		faults: [],
	});
	expect(JSON.stringify(document)).not.toContain('hunter2');
});

const provider: CredentialProvider = {
	name: 'ecr',
	file: '/etc/providers.yaml',
	line: 3,
	apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
	matchImages: ['*.amazonaws.com'],
	defaultCacheDuration: 60,
	arguments: ['hunter2'],
	environment: [{ name: 'KEY', value: new Secret('hunter2') }],
	program: '/bin/ecr',
};
const facts = {
	rules: { name: 'containerd', version: '2.2.1', source: '/usr/bin/containerd' },
	reader: 'process 812',
	bundle: { source: '/etc/ssl/cert.pem', certificates: ['a', 'b'] },
	keyring: { file: '/var/lib/kubelet/config.json', keys: ['a.example'], unreadable: false },
	providers: [provider],
	run: false,
};

test('the document names what the node has for logins, trust and environment', () => {
	const upstreams = [{ address: '10.0.0.9', port: 53 }];
	const told = { ...resolver, upstreams, libc: 'nsswitch.conf names mdns' };
	const document = planDocument({ faults: [], node: 'n', resolver: told, targets: [], facts });
	expect(document).toMatchObject({
		rules: facts.rules,
		environment: { reader: 'process 812' },
		trust: { source: '/etc/ssl/cert.pem', certificates: 2 },
		resolver: { upstreams: ['10.0.0.9'], libc: 'nsswitch.conf names mdns' },
		keyring: { file: '/var/lib/kubelet/config.json', keys: ['a.example'], readable: true },
		credentialProviders: [
			{ name: 'ecr', file: '/etc/providers.yaml', line: 3, matchImages: ['*.amazonaws.com'], run: false },
		],
	});
	expect(JSON.stringify(document)).not.toContain('hunter2');
});

test('the document is what its schema says', () => {
	const schema: unknown = JSON.parse(readFileSync('docs/plan.schema.json', 'utf8'));
	const validate = new Ajv2020({ formats: { uri: true } }).compile(Object(schema));
	for (const config of [configOf(), configOf({ registries })]) {
		validate(
			JSON.parse(
				JSON.stringify(planDocument({ faults: [], node: 'n', facts, resolver, targets: planTargets(config) })),
			),
		);
		expect(validate.errors).toBeNull();
	}
});

test('a registry that nobody configured has no source', () => {
	const { targets } = planDocument({ faults: [], node: 'n', resolver, targets: planTargets(configOf()) });
	expect(targets.map(({ source }) => source)).toEqual([undefined, undefined, undefined, undefined]);
});
