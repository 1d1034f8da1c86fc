import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { agentToken } from './agentPod.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, type PodWorld } from './podWorld.ts';
import { askServer } from './request.ts';

interface EventObject {
	readonly reason: string;
	readonly note: string;
	readonly reportingController: string;
	readonly reportingInstance: string;
	readonly regarding: { readonly kind: string; readonly name: string };
}

let world: PodWorld;
let node: Node;
let registry: HttpServer;
let agent: AgentProcess;
let image: string;

beforeAll(async () => {
	world = await makePodWorld(inject('programs'), ['components/discovery', 'components/events']);
	await writeFile(join(world.account, 'token'), await agentToken(world.plane.access, 'node-a'));
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: ['registry.test'] });
	registry = await startRegistry({ tls: { key, cert: chain }, images: { 'team/app': { 1: makeImage() } } });
	node = await makeNode({ hosts: { 'registry.test': '127.0.0.1' }, bundle: authority.pem });
	image = `registry.test:${registry.port}/team/app`;
	agent = new AgentProcess(configured('{ events: true }'), [], world.pod);
}, 180_000);

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await Promise.all([world[Symbol.asyncDispose](), node.remove(), registry.close()]);
});

const configured = (cluster: string) => `
listen: 127.0.0.1:0
interval: 1s
node: { name: node-a, root: ${node.root} }
registries: [{ name: configured, endpoint: 'https://registry.test:${registry.port}' }]
discovery: { service_account: ${world.account} }
cluster: ${cluster}
`;

async function own(): Promise<readonly EventObject[]> {
	const { body } = await askServer(world.plane.access, '/apis/events.k8s.io/v1/namespaces/team/events');
	const { items } = JSON.parse(body) as { readonly items: readonly EventObject[] };
	return items.filter(({ reportingController }) => reportingController === 'registry-probe');
}

test('a pod with a mistyped tag gets one Event that says so, which kubectl shows', async () => {
	await world.createPod('typo', { image: `${image}:2`, pulled: false });
	await world.createPod('app', { image: `${image}:1` });
	const written = async () => (await own()).length > 0;
	await until(written, () => `no Event: ${agent.errors}`, 90);
	const events = await own();
	expect(events).toMatchObject([
		{ reason: 'ImagePullExplained', reportingInstance: 'node-a', regarding: { kind: 'Pod', name: 'typo' } },
	]);
	const { stdout } = await kubectl(world.plane.access, ['describe', 'pod', 'typo', '--namespace', 'team']);
	expect(stdout).toContain('ImagePullExplained');
	expect(stdout).toContain('registry-probe');
}, 120_000);

test('a right that is missing is told once and hinders nothing', async () => {
	await kubectl(world.plane.access, ['delete', 'clusterrolebinding', 'registry-probe-events']);
	await world.createPod('typo-2', { image: `${image}:3`, pulled: false });
	await until(
		() => agent.lines('Events cannot be written').length > 0,
		() => `nothing is told: ${agent.errors}`,
		90,
	);
	const attempts = async () => (await agent.value('registry_probe_attempts_total{', 'registry="configured"')) ?? 0;
	const before = await attempts();
	await until(
		async () => (await attempts()) > before + 3,
		() => 'no attempts',
	);
	expect(agent.lines('Events cannot be written')).toHaveLength(1);
	expect(await own()).toHaveLength(1);
}, 120_000);

test('switched off nothing is written', async () => {
	agent.configure(configured('{}'));
	await agent.told('configuration reloaded');
	await world.install();
	await world.createPod('typo-3', { image: `${image}:4`, pulled: false });
	await until(
		async () => (await agent.value('registry_probe_image_pull_failing{')) !== undefined,
		() => agent.errors,
		60,
	);
	expect((await own()).filter(({ regarding }) => regarding.name === 'typo-3')).toEqual([]);
}, 120_000);
