import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ClusterDocument } from '../../src/views/clusterJson.ts';
import { registryProbe } from '../commands/command.ts';
import { onScreen } from '../commands/screen.ts';
import { Directory } from '../real/directory.ts';
import { type FleetPull, observationsOf } from './fleetDocuments.ts';
import type { FleetNode } from './fleet.ts';
import { type FleetWorld, makeFleetWorld } from './fleetWorld.ts';
import { kubectl } from './kubectl.ts';
import { viewerOf } from './viewer.ts';

const programs = inject('programs');
const directory = new Directory();
let world: FleetWorld;

const hub = { registry: 'docker.io', host: 'registry-1.docker.io' };
const quota = { limit: 100, remaining: 60, windowSeconds: 21_600, source: '203.0.113.7' };
const fine: readonly FleetPull[] = [{ ...hub, ratelimit: quota }, { registry: 'ghcr.io' }, { registry: 'quay.io' }];
const tokenTimeout = { role: 'token', stage: 'tcp', reason: 'tcp_timeout' } as const;
const dnsTimeout = { role: 'registry', stage: 'dns', reason: 'dns_timeout' } as const;

function node(name: string, zone: string, pulls: readonly FleetPull[] = fine): FleetNode {
	return { name, zone, agent: { '/api/v1/observations': observationsOf(name, pulls) } };
}

const names = (zone: string, count: number) => Array.from({ length: count }, (_, at) => `node-${zone}${at}`);

beforeAll(async () => {
	world = await makeFleetWorld(programs);
	await world.add([
		...names('a', 5).map((name) => node(name, 'eu-1a')),
		...names('b', 3).map((name) => node(name, 'eu-1b', [fine[0] ?? hub, { registry: 'ghcr.io', blame: dnsTimeout }])),
		node('node-c0', 'eu-1c', [{ ...hub, blame: tokenTimeout, peer: 'auth.docker.io' }, ...fine.slice(1)]),
		node('node-c1', 'eu-1c', [{ ...hub, ratelimit: { ...quota, remaining: 8, source: '203.0.113.9' } }]),
		{ name: 'node-d0', zone: 'eu-1d', agent: 'silent' },
		{ name: 'node-d1', zone: 'eu-1d', agent: 'closed', ready: false },
		{ name: 'node-d2', zone: 'eu-1d', agent: 'closed', waiting: 'ImagePullBackOff' },
		{ name: 'node-d3', zone: 'eu-1d', agent: 'none' },
	]);
}, 180_000);

afterAll(async () => {
	await world[Symbol.asyncDispose]();
	directory[Symbol.dispose]();
});

const cluster = (kubeconfig: string, ...args: readonly string[]) =>
	registryProbe(['cluster', '--kubeconfig', kubeconfig, '--agent-timeout', '3s', ...args], { LANG: 'C.UTF-8' });

test('people see nodes against registries, how far each fault reaches, and who is missing', async () => {
	const { code, stdout, stderr } = await cluster(world.access.kubeconfig);
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(stdout).toMatchInlineSnapshot(`
		"✗ 4 of 10 nodes cannot pull from docker.io and ghcr.io; 3 agents did not answer.

		               ghcr.io      docker.io          quay.io
		✗ node-c0  1c  ✓            token tcp_timeout  ✓
		✗ 3 nodes  1b  dns_timeout  ✓                  ·
		! node-c1  1c  ·            8/100 left         ·
		✓ 5 nodes  1a  ✓            ✓                  ✓

		  Zone      eu-1b: none of 3 nodes can pull from ghcr.io: dns_timeout at
		            ghcr.io. Most nodes elsewhere can.
		  Node      node-c0, 1 of 10 nodes, cannot pull from docker.io: token
		            tcp_timeout at auth.docker.io.
		  Quota     docker.io leaves 8 of 100 pulls to the address 203.0.113.9. It is
		            that of node-c1.
		  More      docs/runbook.md#dns_timeout
		            docs/runbook.md#tcp_timeout
		  Silent    node-d0: no answer in time (registry-probe/agent-node-d0)
		            node-d1: pod is not ready; nothing listens on its port 9917
		            (registry-probe/agent-node-d1)
		            node-d2: pod is ImagePullBackOff (registry-probe/agent-node-d2)
		  No agent  node-d3
		"
	`);
});

test('programs get the same as JSON, which its schema describes', async () => {
	const { code, stdout } = await cluster(world.access.kubeconfig, '--output', 'json');
	const document = JSON.parse(stdout) as ClusterDocument;
	const schema = JSON.parse(readFileSync('docs/cluster.schema.json', 'utf8')) as object;
	const validate = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(schema);
	validate(document);
	expect({ code, errors: validate.errors ?? [] }).toEqual({ code: 1, errors: [] });
	expect(document.verdicts).toMatchObject([
		{ kind: 'pull', scope: 'zone', zone: 'eu-1b', of: ['ghcr.io'], fault: { reason: 'dns_timeout' }, within: 3 },
		{ kind: 'pull', scope: 'node', of: ['docker.io'], nodes: ['node-c0'], fault: { host: 'auth.docker.io' } },
		{ kind: 'quota', scope: 'node', of: ['docker.io'], nodes: ['node-c1'], quota: { remaining: 8 } },
	]);
	expect(document.silent.map(({ node: name, why }) => [name, why])).toEqual([
		['node-d0', 'timeout'],
		['node-d1', 'not_ready'],
		['node-d2', 'not_running'],
	]);
	expect(document.unwatched).toEqual(['node-d3']);
});

test('on a terminal it says how far it is, and leaves nothing of that behind', async () => {
	const args = ['cluster', '--kubeconfig', world.access.kubeconfig, '--agent-timeout', '3s'];
	const { code, written, lines } = await onScreen(80, args);
	expect(code).toBe(1);
	expect(written).toMatch(/asking agents: \d+ of 12/);
	expect(lines.join('\n')).not.toContain('asking');
	expect(lines[0]).toMatch(/^\S? 4 of 10 nodes cannot pull/);
});

test('to the agents the question comes without a token', () => {
	expect(new Set(world.asked.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
	expect(world.asked.length).toBeGreaterThan(0);
});

test('the rights that docs/cluster.md names are enough, and each is needed', async () => {
	const [, role = ''] = /^```yaml\n(apiVersion: rbac.*?)^```$/ms.exec(readFileSync('docs/cluster.md', 'utf8')) ?? [];
	await kubectl(world.access, ['apply', '--filename', '-'], role);
	const viewer = directory.write('viewer', await viewerOf(world.access, 'viewer', 'registry-probe-viewer'));
	const seen = await cluster(viewer, '--output', 'json');
	const { nodes } = JSON.parse(seen.stdout) as ClusterDocument;
	expect({ code: seen.code, nodes: nodes.length }).toEqual({ code: 1, nodes: 10 });

	const without = async (resource: string) => {
		const lines = role.split('\n').filter((line) => !line.includes(`[${resource}]`));
		await kubectl(world.access, ['apply', '--filename', '-'], lines.join('\n'));
		return await cluster(viewer, '--output', 'json');
	};
	const blind = await without('pods/portforward');
	const document = JSON.parse(blind.stdout) as ClusterDocument;
	expect({ code: blind.code, nodes: document.nodes }).toEqual({ code: 3, nodes: [] });
	expect(document.silent[0]).toMatchObject({ why: 'forbidden', detail: expect.stringContaining('pods/portforward') });
	const zoneless = JSON.parse((await without('nodes')).stdout) as ClusterDocument;
	expect(zoneless.gaps.join()).toContain('Nodes cannot be listed');
	const nothing = await without('pods');
	expect(nothing).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('status 403') });
});

test.each([
	['of an API server that is not there', { server: 'https://127.0.0.1:1' }, 3, 'ECONNREFUSED'],
	['of one with another certificate', { 'certificate-authority-data': undefined }, 3, 'certificate'],
])('a kubeconfig %s is said in one line', async (_, changed, code, said) => {
	const config = JSON.parse(readFileSync(world.access.kubeconfig, 'utf8')) as { clusters: { cluster: object }[] };
	const [first] = config.clusters;
	if (first) first.cluster = { server: world.access.server, ...changed };
	const ended = await cluster(directory.write('other', JSON.stringify(config)));
	expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) });
	expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a login by a plug-in is asked for once, and told what kubectl tells it', async () => {
	const config = JSON.parse(readFileSync(world.access.kubeconfig, 'utf8')) as { users: { user: object }[] };
	const runs = directory.write('runs', '');
	const credential = `{ apiVersion: info.apiVersion, kind: info.kind, status: { token: '${world.access.token}' } }`;
	const plugin = [
		`require('fs').appendFileSync('${runs}', 'run ');`,
		`const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);`,
		`process.stdout.write(JSON.stringify(${credential}));`,
	].join('');
	const apiVersion = 'client.authentication.k8s.io/v1';
	const exec = { apiVersion, command: process.execPath, args: ['-e', plugin], interactiveMode: 'Never' };
	config.users.forEach((one) => (one.user = { exec }));
	const ended = await cluster(directory.write('plugin', JSON.stringify(config)), '--output', 'json');
	const { nodes } = JSON.parse(ended.stdout) as ClusterDocument;
	expect({ code: ended.code, nodes: nodes.length }).toEqual({ code: 1, nodes: 10 });
	expect(readFileSync(runs, 'utf8')).toBe('run ');
});

test('without any agent there is nothing to tell', async () => {
	const ended = await cluster(world.access.kubeconfig, '--agents-namespace', 'default');
	expect(ended).toMatchObject({
		code: 3,
		stdout: '',
		stderr: expect.stringContaining('no agent in the namespace default'),
	});
});

test('no token of the kubeconfig is in any output', async () => {
	const { stdout, stderr } = await cluster(world.access.kubeconfig, '--verbose', '--log-level', 'debug');
	expect(stdout + stderr).not.toContain(world.access.token);
});
