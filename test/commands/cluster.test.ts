import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { closedPort } from '../fakes/misbehaving.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { AgentProcess, until } from './agent.ts';

let node: Node;
let registry: HttpServer;
let account: string;
let empty: string;
let port: number;

beforeAll(async () => {
	node = await makeNode();
	registry = await startRegistry({ images: { 'library/busybox': { latest: makeImage() } } });
	account = await mkdtemp(join(tmpdir(), 'service-account-'));
	empty = await mkdtemp(join(tmpdir(), 'service-account-'));
	await writeFile(join(account, 'token'), 'planted-token');
	await writeFile(join(account, 'ca.crt'), (await createAuthority()).pem);
	port = await closedPort();
});

afterAll(async () => {
	await Promise.all([node.remove(), registry.close()]);
	for (const directory of [account, empty]) await rm(directory, { recursive: true });
});

const configured = (directory: string, more = '') => `
listen: 127.0.0.1:0
interval: 1s
node: { name: node-1, root: ${node.root} }
registries: [{ name: a.example, endpoint: 'http://127.0.0.1:${registry.port}' }]
discovery: { service_account: ${directory}${more} }
`;

const debug = ['--log-level', 'debug'];
const pod = () => ['env', 'KUBERNETES_SERVICE_HOST=127.0.0.1', `KUBERNETES_SERVICE_PORT=${port}`, 'NODE_NAME=node-1'];
const noPod = ['env', '-u', 'KUBERNETES_SERVICE_HOST'];

test('outside of a pod one line says that the API is not asked', async () => {
	await using agent = new AgentProcess(configured(account), debug, noPod);
	await agent.told('path works');
	expect(agent.lines('this is no pod, so that the Kubernetes API is not asked')).toHaveLength(1);
	expect(await agent.value('cluster_last_sync_timestamp_seconds')).toBeUndefined();
	expect(await agent.value('node_created_timestamp_seconds')).toBeUndefined();
	expect(await agent.value('node_info{', 'zone=""', 'kernel="')).toBe(1);
});

test('in a pod without a token too', async () => {
	await using agent = new AgentProcess(configured(empty), debug, pod());
	await agent.told('path works');
	expect(agent.lines('there is no token, so that the Kubernetes API is not asked')).toHaveLength(1);
	expect(agent.lines('the Kubernetes API cannot be asked')).toEqual([]);
});

test('an API that cannot be reached is told once and hinders nothing', async () => {
	await using agent = new AgentProcess(configured(account), debug, pod());
	await agent.told('path works');
	expect(await agent.told('the Kubernetes API cannot be asked')).toMatchObject({ level: 'warn' });
	const attempts = async () => (await agent.value('registry_probe_attempts_total{')) ?? 0;
	const before = await attempts();
	await until(
		async () => (await attempts()) >= before + 3,
		() => 'the agent stands still',
	);
	expect(agent.lines('the Kubernetes API cannot be asked')).toHaveLength(1);
	expect(await agent.value('cluster_last_sync_timestamp_seconds')).toBeUndefined();
	expect(agent.errors).not.toContain('planted-token');
	agent.signal('SIGTERM');
	expect(await agent.ended()).toBe(0);
});

test('pods that nobody wants to know of are not asked for', async () => {
	await using agent = new AgentProcess(configured(account, ', images: false'), debug, pod());
	await agent.told('the node cannot be read');
	await agent.told('path works');
	expect(agent.lines('the Kubernetes API cannot be asked')).toEqual([]);
});
