import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { ask } from '../../src/cluster/ask.ts';
import { inClusterAccess } from '../../src/cluster/inCluster.ts';
import { Lines } from '../../src/cluster/lines.ts';
import type { PodFacts } from '../../src/cluster/pod.ts';
import { followPods } from '../../src/cluster/pods.ts';
import { readWatchEvent } from '../../src/cluster/watchEvent.ts';
import { concealing } from '../../src/commands/concealing.ts';
import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, type PodWorld } from './podWorld.ts';

let world: PodWorld;
let node: Node;
let registry: HttpServer;
let agent: AgentProcess;

beforeAll(async () => {
	world = await makePodWorld(inject('programs'));
	const authority = await createAuthority();
	const names = ['configured.test', 'registry.test', 'other.test'];
	const { key, chain } = await authority.issue({ names });
	const images = { 'team/app': { 1: makeImage() }, 'library/busybox': { latest: makeImage() } };
	registry = await startRegistry({ tls: { key, cert: chain }, images });
	const hosts = names.map((name) => [name, '127.0.0.1']);
	node = await makeNode({ hosts: Object.fromEntries(hosts) as Record<string, string>, bundle: authority.pem });
	agent = new AgentProcess(configured(), [], world.pod);
});

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await Promise.all([world[Symbol.asyncDispose](), node.remove(), registry.close()]);
});

const configured = (more = '') => `
listen: 127.0.0.1:0
interval: 1s
node: { name: node-a, root: ${node.root} }
registries: [{ name: configured, endpoint: 'https://configured.test:${registry.port}' }]
discovery: { service_account: ${world.account}, keep: 2s${more} }
`;

const series = (name: string, ...labels: readonly string[]) => agent.value(`registry_probe_${name}{`, ...labels);
const named = (host: string) => `registry="${host}:${registry.port}"`;
const discovered = (host: string) => series('target_info', named(host), 'origin="discovered"');

async function becomes(what: string, holds: () => Promise<boolean>, seconds = 30): Promise<void> {
	await until(holds, () => `${what} does not come: ${agent.errors}`, seconds);
}

test('the registry of a pod of this node is probed; those of other nodes are not', async () => {
	await world.createPod('elsewhere', { image: `other.test:${registry.port}/team/app:1`, node: 'node-b' });
	await world.createPod('typo', { image: `registry.test:${registry.port}/team/typo:1`, pulled: false });
	await world.createPod('app', { image: `registry.test:${registry.port}/team/app:1` });
	await becomes('success', async () => (await series('success', named('registry.test'))) === 1);
	expect(await discovered('registry.test')).toBe(1);
	expect(await discovered('other.test')).toBeUndefined();
	const plan = async () => (await agent.get('/api/v1/plan')).body;
	await becomes('the image', async () => (await plan()).includes('/team/app:1'));
	expect(await plan()).not.toContain('other.test');
});

test('zone, region, instance type and age of the node are told', async () => {
	const labels = ['zone="zone-1"', 'region="region-1"', 'instance_type="large"'];
	await becomes('node_info', async () => (await series('node_info', ...labels)) === 1);
	const created = (await series('node_created_timestamp_seconds')) ?? 0;
	expect(Math.abs(Date.now() / 1000 - created)).toBeLessThan(600);
});

test('registries come and go, and the others keep their counters', async () => {
	const attempts = async () => (await series('attempts_total', 'registry="configured"')) ?? 0;
	const before = await attempts();
	await world.createPod('more', { image: `other.test:${registry.port}/team/app:1` });
	await becomes('the other registry', async () => (await discovered('other.test')) === 1);
	await world.deletePod('more');
	await becomes('the end of it', async () => (await discovered('other.test')) === undefined);
	expect(agent.lines('a registry is forgotten')).toHaveLength(1);
	expect(await attempts()).toBeGreaterThan(before);
	expect(agent.lines('path works').filter((line) => line['registry'] === 'configured')).toHaveLength(1);
});

test('a reload switches discovery off and on, and denies a registry at once', async () => {
	agent.configure(configured(', images: false'));
	await becomes('an end', async () => (await discovered('registry.test')) === undefined);
	expect(await series('cluster_last_sync_timestamp_seconds')).toBeUndefined();
	expect(await series('node_info', 'zone="zone-1"')).toBe(1);
	agent.configure(configured());
	await becomes('the registry', async () => (await discovered('registry.test')) === 1);
	agent.configure(configured(", deny: ['registry.*']"));
	await becomes('the denial', async () => (await discovered('registry.test')) === undefined);
	agent.configure(configured());
	await becomes('the registry again', async () => (await discovered('registry.test')) === 1);
});

test('without the API server the agent goes on, and catches up when it is back', async () => {
	await world.plane.stop();
	await agent.told('the Kubernetes API cannot be asked');
	const attempts = async () => (await series('attempts_total', named('registry.test'))) ?? 0;
	const before = await attempts();
	const seen = (await series('cluster_last_sync_timestamp_seconds')) ?? 0;
	await becomes('attempts', async () => (await attempts()) > before + 2);
	expect(await series('cluster_last_sync_timestamp_seconds')).toBe(seen);
	await world.plane.start();
	await world.createPod('more', { image: `other.test:${registry.port}/team/app:1` });
	await becomes('the other registry', async () => (await discovered('other.test')) === 1, 60);
	expect(agent.lines('the Kubernetes API answers again')).toHaveLength(1);
	expect(await series('cluster_last_sync_timestamp_seconds')).toBeGreaterThan(seen);
	await world.deletePod('more');
}, 180_000);

test('a right that is taken and a token that is refused are told, and do no lasting harm', async () => {
	const { access } = world.plane;
	await kubectl(access, ['delete', 'clusterrolebinding', 'registry-probe-discovery']);
	await writeFile(join(world.account, 'token'), 'no-token-of-anyone');
	await world.plane.stop();
	await world.plane.start();
	const told = (part: string) => agent.lines().some((line) => String(line['detail']).includes(part));
	await becomes('401', () => Promise.resolve(told('status 401')), 60);
	await world.renewToken();
	await becomes('403', () => Promise.resolve(told('status 403')), 60);
	expect(await discovered('registry.test')).toBe(1);
	await world.install();
	const answers = agent.lines('the Kubernetes API answers again').length;
	await becomes('an end', () => Promise.resolve(agent.lines('the Kubernetes API answers again').length > answers), 90);
}, 240_000);

/** This node as the code of the agent sees it, without a process around it. */
function accessHere() {
	const pairs = world.pod.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]);
	const access = inClusterAccess(Object.fromEntries(pairs), world.account, concealing);
	if (!access) throw new Error('there is no access');
	return access;
}

test('a place in time that the API server has forgotten is read as 410', async () => {
	const path = '/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-a&watch=true&resourceVersion=1';
	const options = { signal: AbortSignal.timeout(20_000), patience: { head: 10_000, quiet: 10_000 }, most: 1e6 };
	const lines = new Lines(1e6);
	const status = async () => {
		try {
			for await (const piece of ask(accessHere(), path, options))
				for (const line of lines.push(piece)) return readWatchEvent(line);
		} catch (error) {
			return error;
		}
		return undefined;
	};
	const failure = await status();
	expect(failure).toBeInstanceOf(ApiFailure);
	expect(failure).toMatchObject({ status: 410 });
});

test('of more than 500 pods 500 are looked at', async () => {
	const names = Array.from({ length: 520 }, (_, at) => `many-${at}`);
	const waiting = names.values();
	const create = async () => {
		for (const name of waiting) await world.createPod(name, { image: `registry.test:${registry.port}/team/app:1` });
	};
	await Promise.all(Array.from({ length: 8 }, create));
	await agent.told('more pods are not looked at');
	const stop = new AbortController();
	let pods: readonly PodFacts[] = [];
	const followers = { onChange: (now: readonly PodFacts[]) => (pods = now), onSync: () => {}, onFailure: () => {} };
	void followPods(accessHere(), 'node-a', followers, { signal: stop.signal });
	await becomes('a list', () => Promise.resolve(pods.length > 0));
	stop.abort();
	expect(pods).toHaveLength(500);
	expect(agent.running).toBe(true);
	await sleep(1000);
	expect(await series('success', named('registry.test'))).toBe(1);
}, 180_000);

test('an agent with an open watch ends when it is asked to', async () => {
	const began = performance.now();
	agent.signal('SIGTERM');
	expect(await agent.ended()).toBe(0);
	expect(performance.now() - began).toBeLessThan(5000);
});
