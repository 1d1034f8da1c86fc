import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { containerdRoute } from '../../../src/plan/containerd/route.ts';
import type { PullHost, Route, Runtime } from '../../../src/plan/pullHost.ts';
import { hostOf } from '../../../src/registry/endpoint.ts';
import { createAuthority } from '../../fakes/authority.ts';
import { type Node, makeNode } from '../../fakes/node.ts';
import { registryOf, setupOf } from './setups.ts';

interface Recorded {
	readonly scenario: string;
	readonly setup: string;
	readonly pulls: readonly {
		readonly version: string;
		readonly localPull?: true;
		readonly requests: readonly string[];
	}[];
}

/** What containerd asked for, in order, for each set-up: `METHOD host path`. */
const recorded = JSON.parse(readFileSync('test/data/containerdRequests.json', 'utf8')) as readonly Recorded[];
const repository = 'team/app';
/** Scenarios whose image is not that of the name. */
const images: Readonly<Record<string, string>> = {
	'np-port-match': 'np-port-match.lab.test:5000',
	'np-cidr-ip': '10.77.0.30',
};

let ca = '';
const nodes: Node[] = [];
beforeAll(async () => {
	ca = (await createAuthority()).pem;
});
afterAll(async () => {
	await Promise.all(nodes.map((node) => node.remove()));
});

async function routeOf(scenario: string, version: string, localPull: boolean): Promise<Route> {
	const node = await makeNode({ files: setupOf({ scenario, version, localPull, ca }) });
	nodes.push(node);
	const domain = images[scenario] ?? registryOf(scenario);
	const digest = scenario.endsWith('-digest') ? { digest: `sha256:${'1'.repeat(64)}` } : { tag: '1' };
	const runtime: Runtime = { name: 'containerd', version };
	return containerdRoute(readContainerd(node.root), { domain, repository, ...digest }, runtime);
}

/** The prefix that every request to a host has, and the namespace. */
const wayOf = (host: PullHost) => ({
	host: hostOf(host.endpoint),
	prefix: `${host.root}/${host.repository ?? repository}/`,
	namespace: host.namespace ?? null,
});

function parse(request: string) {
	const [method = '', host = '', path = ''] = request.split(' ');
	const url = new URL(path, 'http://host');
	return { method, host, path: url.pathname, namespace: url.searchParams.get('ns') };
}

describe.each(recorded)('$scenario: $setup', ({ scenario, pulls }) => {
	const runs = pulls.map((pull) => ({ ...pull, run: `${pull.version}${pull.localPull ? ' local' : ''}` }));
	test.each(runs)('$run', async ({ version, localPull = false, requests }) => {
		const route = await routeOf(scenario, version, localPull);
		const ways = route.hosts.map(wayOf);
		const asked = requests.map(parse);
		const unplanned = asked.filter(({ host, path, namespace }) => {
			return !ways.some((way) => way.host === host && path.startsWith(way.prefix) && way.namespace === namespace);
		});
		expect({ unplanned, refused: route.refused }).toEqual({ unplanned: [], refused: undefined });
		// For one object after the other, the hosts come in the order of the route.
		const order = (path: string) => [...new Set(asked.filter((one) => one.path === path).map(({ host }) => host))];
		for (const { path } of asked) {
			const planned = ways.map(({ host }) => host).filter((host) => order(path).includes(host));
			expect(order(path)).toEqual(planned);
		}
		const resolvers = route.hosts.filter(({ capabilities }) => capabilities.includes('resolve')).map(wayOf);
		// The first host that is asked what the tag stands for is one that may be.
		const first = asked.filter(({ method }) => method === 'HEAD').slice(0, 1);
		expect(resolvers.map(({ host }) => host)).toEqual(expect.arrayContaining(first.map(({ host }) => host)));
	});
});

test('the records are read', () => {
	expect(recorded.flatMap(({ pulls }) => pulls).length).toBeGreaterThan(100);
});
