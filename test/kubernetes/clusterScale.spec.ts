import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ClusterDocument } from '../../src/views/clusterJson.ts';
import { registryProbe } from '../commands/command.ts';
import { createAuthority } from '../fakes/authority.ts';
import { observationsOf } from './fleetDocuments.ts';
import { type FleetWorld, makeFleetWorld } from './fleetWorld.ts';

/** `FLEET_NODES=1000` for a measurement; each node costs four requests to create. */
const nodes = Number(process.env['FLEET_NODES'] ?? '100');
const registries = ['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io'].map((registry) => ({ registry }));
const blame = { role: 'registry', stage: 'tcp', reason: 'tcp_timeout' } as const;
const zones = ['eu-1a', 'eu-1b', 'eu-1c'];
let world: FleetWorld;

beforeAll(async () => {
	const authority = await createAuthority();
	const { key, chain: cert } = await authority.issue({ names: ['agents.example'] });
	world = await makeFleetWorld(inject('programs'));
	await world.add(
		Array.from({ length: nodes }, (_, at) => {
			const name = `node-${String(at).padStart(4, '0')}`;
			const zone = zones[at % zones.length] ?? '';
			const pulls = registries.map((pull) =>
				zone === 'eu-1b' && pull.registry === 'quay.io' ? { ...pull, blame } : pull,
			);
			const document = { ...observationsOf(name, pulls), padding: 'x'.repeat(at === 3 ? 3_000_000 : 0) };
			const agent = at % 50 === 7 ? ('silent' as const) : { '/api/v1/observations': document };
			if (at === 5) return { name, zone, agent, tls: { key, cert } };
			return { name, zone, agent };
		}),
	);
}, 600_000);

afterAll(async () => {
	await world[Symbol.asyncDispose]();
});

const cluster = (...args: readonly string[]) =>
	registryProbe(['cluster', '--kubeconfig', world.access.kubeconfig, ...args], { LANG: 'C.UTF-8' });

test('a large fleet is asked within bounds, large documents and TLS among them, and its zone is found', async () => {
	const began = performance.now();
	const { code, stdout, stderr } = await cluster('--output', 'json', '--agent-timeout', '5s', '--timeout', '5m');
	const seconds = (performance.now() - began) / 1000;
	process.stdout.write(`cluster over ${nodes} nodes: ${seconds.toFixed(1)} s\n`);
	const document = JSON.parse(stdout) as ClusterDocument;
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(document.nodes.length + document.silent.length).toBe(nodes);
	expect(document.silent.every(({ why }) => why === 'timeout')).toBe(true);
	expect(document.verdicts).toMatchObject([{ scope: 'zone', zone: 'eu-1b', of: ['quay.io'], fault: blame }]);
}, 300_000);

test('when the time is over, what came is told, and who is missing', async () => {
	const { code, stdout } = await cluster(
		'--output',
		'json',
		'--concurrency',
		'1',
		'--timeout',
		'4s',
		'--agent-timeout',
		'3s',
	);
	const document = JSON.parse(stdout) as ClusterDocument;
	expect(document.nodes.length).toBeGreaterThan(0);
	expect(document.silent.length).toBeGreaterThan(0);
	expect(document.nodes.length + document.silent.length).toBe(nodes);
	expect([1, 3]).toContain(code);
});
