import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import { makeNode } from '../fakes/node.ts';
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
const probing = `proxy: none
registries:
  - { name: docker.io, image: docker.io/team/app:1, interval: 1s }
  - { name: quay.io, image: quay.io/team/app:1, interval: 1s }
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

	test('by a mirror under a private CA pulls work; an upstream is red only where the runtime would ask it', async () => {
		const { node, dns, registry, token, blob, authority } = lab();
		const other = await createAuthority();
		await using files = await makeNode({
			nameservers: [dns.v4[0]],
			bundle: other.pem,
			files: {
				...containerd,
				[privateCa]: authority.pem,
				'/etc/containerd/certs.d/docker.io/hosts.toml': `server = "https://registry.test"\nca = "${privateCa}"\n${mirrored}`,
				'/etc/containerd/certs.d/quay.io/hosts.toml': mirrored,
			},
		});
		await dns.namesAsked();
		await using destinations = await Destinations.of(node.namespace);
		await using agent = await Agent.start(node, 'node', { probing, root: files.root, succeeding: 2 });
		await agent.shows('registry dns dns_name_not_found');
		const of = async (metric: string) =>
			(await agent.series(metric)).map((line) =>
				line.replace(/^.*?registry="([^"]*)"(?:,host="([^"]*)")?.*(\d)$/, '$1 $2 $3'),
			);
		expect(await of('pull_success')).toEqual(['docker.io  1', 'quay.io  1']);
		expect(await of('success')).toEqual(['docker.io registry.test 1', 'quay.io registry.test 1', 'quay.io quay.io 0']);
		expect((await dns.namesAsked()).toSorted()).toEqual(['auth.test', 'cdn.test', 'quay.io', 'registry.test']);
		expect(await destinations.seen()).toEqual(allowed(dns, registry, token, blob));
	});
});
