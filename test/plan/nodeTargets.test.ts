import { describe, expect, test } from 'vitest';

import type { Config, RegistrySettings } from '../../src/config/config.ts';
import { type NodeRules, silentNode, upstreamHost } from '../../src/plan/nodeRules.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import type { PullHost, Route } from '../../src/plan/pullHost.ts';
import { parseReference } from '../../src/registry/image.ts';
import { configOf, entryOf } from './settings.ts';

const image = parseReference('r.example/team/app:1');
const upstream = upstreamHost(image);
const file = '/etc/containerd/certs.d/r.example/hosts.toml';

function mirror(hostname: string, change: Partial<PullHost> = {}): PullHost {
	const endpoint = { scheme: 'https', hostname, port: 443 } as const;
	return { ...upstream, via: 'mirror', endpoint, namespace: 'r.example', source: { file, line: 2 }, ...change };
}

function planned(
	route: Partial<Route> & Pick<Route, 'hosts'>,
	{
		entry = {},
		config = {},
		rules = {},
	}: {
		readonly entry?: Partial<RegistrySettings>;
		readonly config?: Partial<Config>;
		readonly rules?: Partial<NodeRules>;
	} = {},
) {
	const settings = configOf({ registries: [entryOf({ name: 'r.example', image, ...entry })], ...config });
	return planTargets(settings, { ...silentNode, route: () => ({ faults: [], ...route }), ...rules });
}

const hosts = (targets: ReturnType<typeof planned>) => targets.map(({ host }) => host);

test('every host of the runtime is a target of its own, in its order', () => {
	const targets = planned({ hosts: [mirror('a.example'), mirror('b.example'), upstream] });
	expect(targets.map(({ id, via, namespace }) => [id, via, namespace])).toEqual([
		['r.example a.example', 'mirror', 'r.example'],
		['r.example b.example', 'mirror', 'r.example'],
		['r.example r.example', 'upstream', undefined],
	]);
	expect(targets.map(({ source }) => source)).toEqual([
		{ file, line: 2 },
		{ file, line: 2 },
		{ file: 'config.yaml', line: 3 },
	]);
});

test('an endpoint of the configuration stands for all of them', () => {
	const endpoint = { scheme: 'http', hostname: 'mine.example', port: 5000 } as const;
	expect(hosts(planned({ hosts: [mirror('a.example'), upstream] }, { entry: { endpoint } }))).toEqual([
		'mine.example:5000',
	]);
});

test('what the node says of a host is taken over, its files below the root of the node', () => {
	const [target] = planned(
		{
			hosts: [
				mirror('a.example', {
					root: '/prefix/v2',
					headers: { 'x-team': 'a' },
					capabilities: ['pull'],
					cas: ['/etc/ca.crt'],
					clientCertificates: [{ certificate: '/etc/a.cert', key: '/etc/a.key' }],
					dialTimeout: 1,
					plainHttpFallback: true,
					plainHttp: { scheme: 'http', hostname: 'a.example', port: 80 },
					insecure: true,
				}),
			],
		},
		{ entry: { ca: '/agent/ca.pem', insecure: true } },
	);
	expect(target).toMatchObject({
		root: '/prefix/v2',
		headers: { 'x-team': 'a' },
		capabilities: ['pull'],
		cas: [
			{ file: '/agent/ca.pem', of: 'agent' },
			{ file: '/etc/ca.crt', of: 'node' },
		],
		clientCertificates: [{ certificate: { file: '/etc/a.cert', of: 'node' }, key: { file: '/etc/a.key', of: 'node' } }],
		dialTimeout: 1,
		plainHttpFallback: true,
		plainHttp: { scheme: 'http', hostname: 'a.example', port: 80 },
		insecure: true,
		unasked: false,
	});
});

test('a manifest of Docker Hub is never read through a mirror either', () => {
	const hub = parseReference('hello-world');
	const targets = planned({ hosts: [mirror('a.example'), upstreamHost(hub)] }, { entry: { name: 'hub', image: hub } });
	expect(targets.map(({ manifestGet }) => manifestGet)).toEqual([false, false]);
});

describe('the upstream', () => {
	const designed = [mirror('a.example')];
	test.each([
		['auto', designed, ['a.example'], [false]],
		['always', designed, ['a.example', 'r.example'], [false, true]],
		['never', [...designed, upstream], ['a.example'], [false]],
		['never', [upstream], ['r.example'], [false]],
	] as const)('%s', (wish, route, expected, unasked) => {
		const discovery = { ...configOf().discovery, upstream: wish };
		const targets = planned({ hosts: route }, { config: { discovery } });
		expect(hosts(targets)).toEqual(expected);
		expect(targets.map((target) => target.unasked)).toEqual(unasked);
	});

	test('is all there is without mirrors, as the node treats it', () => {
		const discovery = { ...configOf().discovery, mirrors: false };
		const route = { hosts: [mirror('a.example'), { ...upstream, cas: ['/etc/ca.crt'] }] };
		const targets = planned(route, { config: { discovery } });
		expect(hosts(targets)).toEqual(['r.example']);
		expect(targets[0]?.cas).toEqual([{ file: '/etc/ca.crt', of: 'node' }]);
		expect(hosts(planned({ hosts: designed }, { config: { discovery } }))).toEqual(['r.example']);
	});
});

describe('two paths on one host', () => {
	test('are told apart by their path', () => {
		const route = [mirror('a.example', { root: '/hub/v2' }), mirror('a.example', { root: '/v2' }), upstream];
		expect(hosts(planned({ hosts: route }))).toEqual(['a.example/hub', 'a.example', 'r.example']);
	});

	test('also where CRI-O puts the path into the repository', () => {
		const route = [
			mirror('a.example', { repository: 'hub/team/app' }),
			mirror('a.example', { repository: 'other/app' }),
		];
		const targets = planned({ hosts: route }, { rules: { client: 'cri-o' } });
		expect(hosts(targets)).toEqual(['a.example/hub', 'a.example/other/app']);
		expect(targets.map(({ repository }) => repository)).toEqual(['hub/team/app', 'other/app']);
	});

	test('and the same path twice is one target', () => {
		expect(hosts(planned({ hosts: [mirror('a.example'), mirror('a.example')] }))).toEqual(['a.example']);
	});
});

describe('an image that the runtime refuses', () => {
	const unusable = (targets: ReturnType<typeof planned>) => targets.map((target) => target.unusable);

	test('has its upstream alone where there is no host', () => {
		const targets = planned({ hosts: [], refused: 'blocked by registries.conf' });
		expect(hosts(targets)).toEqual(['r.example']);
		expect(unusable(targets)).toEqual(['blocked by registries.conf']);
	});

	test('has all of its hosts, of which the one to blame is unusable', () => {
		const broken = mirror('a.example', { unusable: 'no CA' });
		expect(unusable(planned({ hosts: [broken, upstream], refused: 'no CA' }))).toEqual(['no CA', undefined]);
	});

	test('has all of its hosts, all unusable where none is to blame', () => {
		const targets = planned({ hosts: [mirror('a.example'), upstream], refused: 'a bad section' });
		expect(unusable(targets)).toEqual(['a bad section', 'a bad section']);
	});
});

test('CRI-O shows a login to the upstream only, containerd to mirrors too', () => {
	const credentials = { source: 'file', file: '/login.json' } as const;
	const route = { hosts: [mirror('a.example'), upstream] };
	const shown = (client: NodeRules['client']) =>
		planned(route, { entry: { credentials }, rules: { client } }).map((target) => target.credentials.source);
	expect(shown('containerd')).toEqual(['file', 'file']);
	expect(shown('cri-o')).toEqual(['anonymous', 'file']);
});

test('the proxy of the node holds where the entry does not choose', () => {
	const proxy = { scheme: 'http', hostname: 'proxy.example', port: 3128, login: false, source: 'unit' } as const;
	const rules = { wayTo: () => ({ proxy, noProxy: 'a.example' }) };
	expect(planned({ hosts: [upstream] }, { rules })[0]).toMatchObject({ proxy, noProxy: 'a.example' });
	expect(planned({ hosts: [upstream] }, { rules, entry: { proxy: { kind: 'none' } } })[0]?.proxy).toBeUndefined();
});
