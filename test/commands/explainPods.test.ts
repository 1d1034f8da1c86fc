import { afterEach, beforeEach, expect, test } from 'vitest';

import type { PodFacts } from '../../src/cluster/pod.ts';
import { noPullSecrets } from '../../src/cluster/pullSecrets.ts';
import { createExplainedPods } from '../../src/commands/explainedPods.ts';
import { PodExplainer } from '../../src/commands/explainPods.ts';
import { createLog } from '../../src/commands/log.ts';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { type Reached, startServer } from '../cluster/apiServer.ts';
import { podWith } from '../cluster/pods.ts';
import type { HttpServer, Respond } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { json } from '../fakes/reply.ts';
import { aStore } from '../store/literals.ts';
import { until } from './agent.ts';
import { type DemandWorld, makeDemandWorld } from './demandWorld.ts';

const images = { 'team/app': { 1: makeImage({ layers: [Buffer.alloc(100_000)] }) } };
let ending: AsyncDisposableStack;
let registry: HttpServer;
let api: Reached;

beforeEach(() => {
	ending = new AsyncDisposableStack();
});

afterEach(() => ending.disposeAsync());

/** A node with a registry and an API server that has these events of any pod. */
async function begin(events: readonly object[] | 'refused', options: RegistryOptions = {}) {
	registry = await startRegistry({ images, ...options });
	const respond: Respond = () =>
		events === 'refused'
			? json(403, { kind: 'Status', message: 'events is forbidden' })
			: json(200, { kind: 'EventList', metadata: { resourceVersion: '1' }, items: events });
	api = await startServer(respond);
	const world: DemandWorld = await makeDemandWorld(registry);
	const stopping = new AbortController();
	const lines: string[] = [];
	const store = aStore();
	const explained = createExplainedPods();
	const explainer = new PodExplainer({
		access: api.access,
		demand: world.demand,
		secrets: noPullSecrets,
		store,
		changed: () => [],
		explained,
		log: createLog({ level: 'info', text: false, write: (line) => lines.push(line) }),
		signal: stopping.signal,
		every: 50,
		quiet: 0,
	});
	ending.use(world);
	ending.defer(() => registry.close());
	ending.defer(() => api.server.close());
	ending.defer(() => stopping.abort());
	return { explainer, explained, store, lines, stop: () => stopping.abort() };
}

type Begun = Awaited<ReturnType<typeof begin>>;

async function says({ explained }: Begun, holds: (one: PodExplanation) => boolean): Promise<PodExplanation> {
	const found = () => explained.explanations().find(holds);
	await until(
		() => found() !== undefined,
		() => JSON.stringify(explained.explanations()),
	);
	const one = found();
	if (!one) throw new Error('it is gone');
	return one;
}

const nameOf = (tag: string) => `127.0.0.1:${registry.port}/team/app:${tag}`;
const waitingFor = (tag: string, reason: string, message = ''): PodFacts =>
	podWith([`!${nameOf(tag)}`], {
		name: 'cart',
		waiting: [{ container: 'app', image: nameOf(tag), reason, message }],
	});
const eventOf = (reason: string, message: string, ago: number) => ({
	reason,
	message,
	source: { component: 'kubelet' },
	involvedObject: { fieldPath: 'spec.containers{app}' },
	firstTimestamp: new Date(Date.now() - ago * 1000).toISOString(),
	lastTimestamp: new Date(Date.now() - ago * 1000).toISOString(),
	count: 3,
});

test('a misspelt tag: words of an event, and a probe of that image, agree', async () => {
	const message =
		'Failed to pull image "app": rpc error: code = NotFound desc = failed to pull and unpack image "r.example/team/app:2": failed to resolve image: r.example/team/app:2: not found';
	const begun = await begin([eventOf('Pulling', 'Pulling image', 31), eventOf('Failed', message, 30)]);
	begun.explainer.see([waitingFor('2', 'ImagePullBackOff', `Back-off pulling image "${nameOf('2')}"`)]);
	const told = await says(begun, ({ explained }) => explained === 'image');
	expect(told).toMatchObject({ cause: 'image', reason: 'manifest_not_found', tries: 3, stage: 'manifest' });
	expect(Date.now() / 1000 - (told.since ?? 0)).toBeGreaterThan(29);
	expect(begun.store.agent().failingPulls).toEqual([
		{ registry: `127.0.0.1:${registry.port}`, cause: 'image', explained: 'image', pods: 1 },
	]);
	expect(begun.store.states()).toEqual([]);
});

test('without the right to read events it goes on, and says so once', async () => {
	const begun = await begin('refused');
	begun.explainer.see([waitingFor('2', 'ErrImagePull')]);
	expect(await says(begun, ({ explained }) => explained === 'image')).toMatchObject({ reason: 'manifest_not_found' });
	expect(begun.lines.filter((line) => line.includes('events is forbidden'))).toHaveLength(1);
	expect(api.server.requests).toHaveLength(1);
});

test('a layer that hangs, of which nobody says anything', async () => {
	const begun = await begin([eventOf('Pulling', 'Pulling image', 20)], { pace: { stallAfter: 100 } });
	const pod = waitingFor('1', 'ContainerCreating');
	begun.explainer.see([pod]);
	const told = await says(begun, ({ reason }) => reason === 'body_stalled');
	expect(told).toMatchObject({ cause: 'registry', state: 'ContainerCreating', stage: 'blob' });
}, 30_000);

test('what waits no more is explained no more, and the end leaves nothing behind', async () => {
	const begun = await begin([]);
	begun.explainer.see([waitingFor('2', 'ErrImagePull')]);
	await says(begun, () => true);
	begun.explainer.see([]);
	await until(
		() => begun.explained.explanations().length === 0,
		() => 'it is still explained',
	);
	expect(begun.store.agent().failingPulls).toEqual([]);
	begun.stop();
	expect(begun.store.agent().failingPulls).toBeUndefined();
});

test('a message that is not understood is counted once', async () => {
	const begun = await begin([]);
	const pod = waitingFor('2', 'ErrImagePull', 'the moon is in the wrong house: truly');
	begun.explainer.see([pod]);
	await says(begun, () => true);
	begun.explainer.see([{ ...pod, waiting: pod.waiting.map((one) => ({ ...one, reason: 'ImagePullBackOff' })) }]);
	await says(begun, ({ state }) => state === 'ImagePullBackOff');
	expect(begun.store.agent().strangeMessages).toBe(1);
	expect(begun.lines.filter((line) => line.includes('a message is not understood'))).toHaveLength(1);
});
