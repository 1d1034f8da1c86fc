import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { read } from '../docs/markdown.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { agentToken } from './agentPod.ts';
import { makePodWorld, type PodWorld } from './podWorld.ts';
import { askServer } from './request.ts';

interface Condition {
	readonly type: string;
	readonly status: string;
	readonly reason: string;
	readonly message: string;
	readonly lastTransitionTime: string;
}

let world: PodWorld;
let node: Node;
let registry: HttpServer;
let agent: AgentProcess;
let port: number;

beforeAll(async () => {
	world = await makePodWorld(inject('programs'), ['components/discovery', 'components/node-condition']);
	const token = await agentToken(world.plane.access, 'node-a');
	await writeFile(join(world.account, 'token'), token);
	registry = await startRegistry({ images: { 'library/busybox': { latest: makeImage() } } });
	({ port } = registry);
	node = await makeNode();
	agent = new AgentProcess(configured(), [], world.pod);
}, 180_000);

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await Promise.all([world[Symbol.asyncDispose](), node.remove(), registry.close()]);
});

const configured = (cluster = '{ condition: true, condition_after: 2s }') => `
listen: 127.0.0.1:0
interval: 1s
timeout: 1s
node: { name: node-a, root: ${node.root} }
registries: [{ name: configured, endpoint: 'http://127.0.0.1:${port}' }]
discovery: { service_account: ${world.account} }
cluster: ${cluster}
`;

async function conditions(): Promise<readonly Condition[]> {
	const { body } = await askServer(world.plane.access, '/api/v1/nodes/node-a');
	const { status } = JSON.parse(body) as { readonly status: { readonly conditions?: readonly Condition[] } };
	return status.conditions ?? [];
}
const own = async () => (await conditions()).find(({ type }) => type === 'RegistriesReachable');
const becomes = async (status: string | undefined, seconds = 30) =>
	await until(
		async () => (await own())?.status === status,
		() => `the condition does not become ${status}: ${agent.errors}`,
		seconds,
	);

test('True while pulls reach their registries', async () => {
	await becomes('True');
	expect(await own()).toMatchObject({ reason: 'RegistriesReachable' });
});

test('False when one fails for long enough, and says which and why', async () => {
	const before = await own();
	await registry.close();
	await becomes('False');
	const after = await own();
	expect(after).toMatchObject({ reason: 'RegistryUnreachable' });
	expect(after?.message).toContain(`configured: 127.0.0.1:${port} fails at tcp (role registry, tcp_refused) since `);
	expect(Date.parse(after?.lastTransitionTime ?? '')).toBeGreaterThan(Date.parse(before?.lastTransitionTime ?? ''));
});

test('what pods alone name does not count', async () => {
	await world.createPod('typo', { image: '127.0.0.2:1/team/typo:1' });
	expect((await own())?.message).not.toContain('127.0.0.2');
});

test('without the API server probing goes on, and the condition is caught up with', async () => {
	await world.plane.stop();
	await agent.told('the node condition cannot be written', 1).catch(() => undefined);
	const attempts = async () => (await agent.value('registry_probe_attempts_total{')) ?? 0;
	const before = await attempts();
	registry = await startRegistry({ port, images: { 'library/busybox': { latest: makeImage() } } });
	await until(
		async () => (await attempts()) > before + 3,
		() => 'no attempts',
	);
	await world.plane.start();
	await becomes('True', 90);
	expect(agent.lines('the node condition cannot be written').length).toBeLessThanOrEqual(2);
}, 180_000);

test('switched off it goes away, switched on it is back', async () => {
	agent.configure(configured('{}'));
	await becomes(undefined);
	expect(await own()).toBeUndefined();
	agent.configure(configured());
	await becomes('True');
});

test('an agent that stops says so', async () => {
	const began = performance.now();
	agent.signal('SIGTERM');
	expect(await agent.ended()).toBe(0);
	expect(performance.now() - began).toBeLessThan(5000);
	expect(await own()).toMatchObject({ status: 'Unknown', reason: 'AgentStopped' });
});

test('the command of docs/kubernetes.md takes it away from every node', async () => {
	const blocks = [...read('docs/kubernetes.md').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
	const command = blocks.find((text) => text.includes('RegistriesReachable')) ?? 'false';
	const { kubectl, kubeconfig } = world.plane.access;
	// kubectl keeps what it learns in the home directory, and without one here.
	const env = {
		PATH: `${dirname(kubectl)}:${process.env['PATH'] ?? ''}`,
		KUBECONFIG: kubeconfig,
		HOME: dirname(kubeconfig),
	};
	await promisify(execFile)('sh', ['-euc', command], { env });
	expect(await own()).toBeUndefined();
});
