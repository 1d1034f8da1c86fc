import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { type CrioRoute, crioRoute } from '../../../src/plan/crio/crioRoute.ts';
import { hostOf } from '../../../src/registry/endpoint.ts';
import { parseReference } from '../../../src/registry/image.ts';
import { createAuthority } from '../../fakes/authority.ts';
import { makeNode } from '../../fakes/node.ts';
import { crioSetup } from './setups.ts';

interface Recorded {
	readonly scenarios: readonly {
		readonly scenario: string;
		readonly setup: string;
		readonly image: string;
		/** `GET host /path -> status`, in order. */
		readonly requests: readonly string[];
	}[];
}

const { scenarios } = JSON.parse(readFileSync('test/data/crioRequests.json', 'utf8')) as Recorded;
const runtime = { name: 'cri-o', version: '1.37.0' } as const;

/** Which host of the route a request went to; -1 where it is in none. */
function placeIn({ hosts }: CrioRoute, image: string, request: string): number {
	const [, host, path = ''] = request.split(' ');
	const { repository } = parseReference(image);
	return hosts.findIndex(({ endpoint, root, repository: own }) => {
		const below = `${root}/${own ?? repository}/`;
		return hostOf(endpoint) === host && (path === `${root}/` || path.startsWith(below));
	});
}

test.each(scenarios)('$scenario: $setup', async ({ scenario, image, requests }) => {
	await using node = await makeNode({ files: crioSetup(scenario, (await createAuthority()).pem) });
	const facts = readCrio(node.root);
	const route = crioRoute(facts, image, runtime);
	expect(facts.faults).toEqual([]);
	expect(route.faults).toEqual([]);
	const places = requests.map((request) => placeIn(route, image, request));
	expect(places).not.toContain(-1);
	// A host that was left is not asked again, but for the second try, as an OCI artifact, which begins anew.
	const first = places.filter((place, index) => places.indexOf(place) === index);
	expect(first).toEqual(first.toSorted((a, b) => a - b));
});

test('a mirror that is not verified is asked in plain HTTP where TLS fails', async () => {
	await using node = await makeNode({ files: crioSetup('mirror-skip-verify', '') });
	const { hosts } = crioRoute(readCrio(node.root), 'mirror-skip-verify.lab.test/team/app:1', runtime);
	expect(hosts).toMatchObject([
		{ via: 'mirror', insecure: true, plainHttpFallback: true, plainHttp: { scheme: 'http', port: 80 } },
		{ via: 'upstream', insecure: false, plainHttpFallback: false },
	]);
});

test('Docker’s directory gives the registry its authority', async () => {
	await using node = await makeNode({ files: crioSetup('mirror-docker-layout', (await createAuthority()).pem) });
	const { hosts } = crioRoute(readCrio(node.root), 'mirror-docker-layout.lab.test/team/app:1', runtime);
	expect(hosts).toMatchObject([{ cas: ['/etc/docker/certs.d/mirror-docker-layout.lab.test/ca.crt'] }]);
});
