import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { askServer } from './request.ts';
import { makeWritingWorld, type WritingWorld } from './writingWorld.ts';

interface NodeObject {
	readonly metadata: { readonly labels: Readonly<Record<string, string>> };
	readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

let world: WritingWorld;

beforeAll(async () => {
	world = await makeWritingWorld(inject('programs'));
}, 180_000);

afterAll(() => world[Symbol.asyncDispose]());

const statusOf = (node: string) => `/api/v1/nodes/${node}/status`;
const own = (change: object = {}) => ({
	type: 'RegistriesReachable',
	status: 'True',
	reason: 'RegistriesReachable',
	message: 'All well.',
	lastHeartbeatTime: new Date().toISOString(),
	...change,
});
const conditions = (...list: readonly object[]) => ({ status: { conditions: list } });
const conditionsOf = async (node: string) => {
	const { status } = await world.read<NodeObject>(`/api/v1/nodes/${node}`);
	return Object.fromEntries(status.conditions.map((condition) => [condition.type, condition.status]));
};

describe('an agent', () => {
	test('sets, changes and removes its condition on its own node, and hurts no other', async () => {
		expect((await world.patch(statusOf('node-a'), conditions(own()))).status).toBe(200);
		expect((await world.patch(statusOf('node-a'), conditions(own({ status: 'False' })))).status).toBe(200);
		expect(await conditionsOf('node-a')).toEqual({ Ready: 'True', RegistriesReachable: 'False' });
		const gone = { type: 'RegistriesReachable', $patch: 'delete' };
		expect((await world.patch(statusOf('node-a'), conditions(gone))).status).toBe(200);
		expect(await conditionsOf('node-a')).toEqual({ Ready: 'True' });
	});

	test('reads its node by a patch that changes nothing', async () => {
		const { status, body } = await world.patch(statusOf('node-a'), {});
		expect(status).toBe(200);
		expect(body).toContain('"KubeletReady"');
	});

	test('is refused the node of another agent', async () => {
		const { status, body } = await world.patch(statusOf('node-b'), conditions(own()));
		expect(status).toBe(403);
		expect(body).toContain('the node of its token only');
		expect((await world.patch(statusOf('node-b'), conditions(own()), world.tokens.ofB)).status).toBe(200);
	});

	test('is refused with a token that belongs to no pod', async () => {
		expect((await world.patch(statusOf('node-a'), conditions(own()), world.tokens.loose)).status).toBe(403);
	});

	test.each([
		['another condition', conditions({ type: 'Ready', status: 'False' })],
		['another condition beside its own', conditions(own(), { type: 'MemoryPressure', status: 'True' })],
		['the end of another condition', conditions({ type: 'Ready', $patch: 'delete' })],
		['the end of all conditions', { status: { conditions: null } }],
		['capacity', { status: { capacity: { cpu: '1000' } } }],
		['an address', { status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } }],
		['images', { status: { images: [{ names: ['a'], sizeBytes: 1 }] } }],
		['a label', { metadata: { labels: { zone: 'two' } } }],
		['the end of a label', { metadata: { labels: { zone: null } } }],
		['an annotation', { metadata: { annotations: { a: 'b' } } }],
		['a finalizer', { metadata: { finalizers: ['example.com/a'] } }],
	])('is refused %s', async (_what, change) => {
		const before = await world.read<NodeObject>('/api/v1/nodes/node-a');
		expect((await world.patch(statusOf('node-a'), change)).status).toBe(403);
		expect(await world.read<NodeObject>('/api/v1/nodes/node-a')).toEqual(before);
	});

	test('is refused a merge that would drop the conditions of others', async () => {
		const change = conditions(own());
		const answer = await world.patch(statusOf('node-a'), change, world.tokens.ofA, 'application/merge-patch+json');
		expect(answer.status).toBe(403);
	});

	test('is refused a long story', async () => {
		const { status } = await world.patch(statusOf('node-a'), conditions(own({ message: 'x'.repeat(1025) })));
		expect(status).toBe(422);
	});

	test('has no right to the node itself', async () => {
		expect((await world.patch('/api/v1/nodes/node-a', { spec: { unschedulable: true } })).status).toBe(403);
	});
});

test('a token dies with its pod', async () => {
	const status = async () => (await world.patch(statusOf('node-b'), {}, world.tokens.ofB)).status;
	expect(await status()).toBe(200);
	const path = '/api/v1/namespaces/registry-probe/pods/agent-on-node-b?gracePeriodSeconds=0';
	expect((await askServer(world.plane.access, path, { method: 'DELETE' })).status).toBe(200);
	await expect.poll(status, { timeout: 60_000, interval: 500 }).toBe(401);
}, 90_000);

describe('others', () => {
	test.each([
		['an administrator', 'admin-token'],
		['the kubelet of the node', 'node-a-token'],
	])('%s may do what could be done before', async (_who, token) => {
		const ready = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: '' };
		const change = { metadata: { annotations: { 'example.com/a': token } }, ...conditions(ready) };
		expect((await world.patch(statusOf('node-a'), change, token)).status).toBe(200);
		expect(await conditionsOf('node-a')).toMatchObject({ Ready: 'False' });
	});
});
