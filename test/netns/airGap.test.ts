import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { Agent } from './agent.ts';
import { Destinations } from './destinations.ts';
import type { Host } from './host.ts';
import { says } from './says.ts';
import { suite } from './suite.ts';

/** Seconds that an agent is watched. */
const watched = 2;
const privateCa = '/etc/containerd/private.pem';
const containerd = {
	'/usr/bin/containerd': '',
	'/var/lib/dpkg/status': 'Package: containerd.io\nStatus: install ok installed\nVersion: 2.2.1-1\n',
	'/etc/containerd/config.toml': `version = 3
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"
`,
};
const mirrored = `[host."https://registry.test"]\n  ca = "${privateCa}"\n`;
const hub = `proxy: none
registries:
  - name: docker.io
    image: docker.io/team/app:1
    interval: 1s
`;

/** All that may be sent to these hosts: questions to a nameserver, connections to the others. */
function allowed(nameserver: Host, ...others: readonly Host[]): readonly string[] {
	const connections = others.flatMap(({ v4, v6 }) => [`${v4[0]} tcp 443`, `${v6[0]} tcp 443`]);
	return [`${nameserver.v4[0]} udp 53`, ...connections].toSorted();
}

suite('a node behind an air gap', (lab) => {
	test('an agent sends to the hosts of its plan and to its nameserver, and nowhere else', async () => {
		const { node, dns, registry, token, blob } = lab();
		await using destinations = await Destinations.of(node.namespace);
		{
			await using agent = await Agent.start(node, 'node');
			await sleep(watched * 1000);
			expect(await agent.value('attempts_total')).toBeGreaterThan(1);
		}
		expect(await destinations.seen()).toEqual(allowed(dns, registry, token, blob));
	});

	test('an agent that has nothing to probe sends nothing at all', async () => {
		const { node } = lab();
		await using destinations = await Destinations.of(node.namespace);
		{
			await using _ = await Agent.start(node, 'node', { probing: 'registries: []\n', succeeding: 0 });
			await sleep(watched * 1000);
		}
		expect(await destinations.seen()).toEqual([]);
	});

	test('without a configuration the four public registries are asked for, and nobody else', async () => {
		const { node, dns } = lab();
		await dns.namesAsked();
		await using destinations = await Destinations.of(node.namespace);
		const { code, words } = await says(node.namespace, 'check', '--root', node.files.root);
		expect({ code, words }).toEqual({ code: 1, words: expect.stringContaining('dns_name_not_found') as unknown });
		expect((await dns.namesAsked()).toSorted()).toEqual([
			'ghcr.io',
			'quay.io',
			'registry-1.docker.io',
			'registry.k8s.io',
		]);
		expect(await destinations.seen()).toEqual(allowed(dns));
	});

	describe('a mirror under a private CA stands for docker.io, which cannot be reached', () => {
		/** A node whose containerd goes to the mirror, and that trusts nobody beside its CA. */
		async function withHosts(hostsToml: string): Promise<Node> {
			const other = await createAuthority();
			return await makeNode({
				nameservers: [lab().dns.v4[0]],
				bundle: other.pem,
				files: {
					...containerd,
					[privateCa]: lab().authority.pem,
					'/etc/containerd/certs.d/docker.io/hosts.toml': hostsToml,
				},
			});
		}

		test.each([
			['server is the mirror', `server = "https://registry.test"\nca = "${privateCa}"\n${mirrored}`, hub],
			['upstream: never', mirrored, `${hub}discovery: { upstream: never }\n`],
		])('%s: the pull works, and nothing is red or asked for in vain', async (_, hostsToml, probing) => {
			const { node, dns, registry, token } = lab();
			await dns.namesAsked();
			await using files = await withHosts(hostsToml);
			await using destinations = await Destinations.of(node.namespace);
			await using agent = await Agent.start(node, 'node', { probing, root: files.root });
			await sleep(watched * 1000);
			expect(await agent.value('pull_success')).toBe(1);
			expect(await agent.failures()).toEqual([]);
			const hosts = (await agent.series('target_info')).map((line) => /,host="([^"]*)"/.exec(line)?.[1]);
			expect(hosts).toEqual(['registry.test']);
			expect((await dns.namesAsked()).toSorted()).toEqual(['auth.test', 'registry.test']);
			expect(await destinations.seen()).toEqual(allowed(dns, registry, token));
		});

		test('without either the upstream is red by itself, and the pull is not', async () => {
			const { node } = lab();
			await using files = await withHosts(mirrored);
			await using agent = await Agent.start(node, 'node', { probing: hub, root: files.root });
			await agent.shows('registry dns dns_name_not_found');
			expect(await agent.value('pull_success')).toBe(1);
		});
	});
});
