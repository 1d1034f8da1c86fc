import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { containerdRoute } from '../../../src/plan/containerd/route.ts';
import type { PullHost } from '../../../src/plan/pullHost.ts';
import { hostOf } from '../../../src/registry/endpoint.ts';
import { makeNode } from '../../fakes/node.ts';
import { olderConfig } from './facts.ts';

interface Case {
	readonly hosts: string;
	readonly domain: string;
	/** By version of containerd: `scheme://host/root capabilities headers`, hosts that cannot be asked left out. */
	readonly answers: Readonly<Record<string, readonly string[]>>;
}

/**
 * What containerd's own code (`ConfigureHosts` of remotes/docker/config, at three versions) made of hosts.toml files put
 * together at random.
 */
const cases = JSON.parse(readFileSync('test/data/containerdHosts.json', 'utf8')) as readonly Case[];

const text = ({ endpoint, root, capabilities, headers, plainHttpFallback }: PullHost) => {
	const origin = `${endpoint.scheme}://${hostOf({ ...endpoint, scheme: 'https' })}${root}`;
	const sorted = Object.fromEntries(Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1)));
	const added = Object.keys(headers).length > 0 ? ` ${JSON.stringify(sorted)}` : '';
	return `${plainHttpFallback ? 'tls+' : ''}${origin} ${capabilities.join()}${added}`;
};

test.each(cases.map((each, index) => ({ ...each, index })))('file $index', async ({ hosts, domain, answers }) => {
	await using node = await makeNode({
		files: { '/etc/containerd/config.toml': olderConfig, [`/etc/containerd/certs.d/${domain}/hosts.toml`]: hosts },
	});
	const facts = readContainerd(node.root);
	const image = { domain, repository: 'team/app', tag: '1' };
	const routes = Object.keys(answers).map((version) => {
		const route = containerdRoute(facts, image, { name: 'containerd', version });
		return [version, route.hosts.map(text)] as const;
	});
	expect({ hosts, ...Object.fromEntries(routes) }).toEqual({ hosts, ...answers });
});

test('the answers are read', () => {
	expect(cases.length).toBeGreaterThan(200);
});
