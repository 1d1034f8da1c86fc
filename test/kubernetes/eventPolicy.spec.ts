import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { eventOf, type EventWish, placeOf, seriesOf } from '../../src/cluster/event.ts';
import { kubectl } from './kubectl.ts';
import { makeWritingWorld, type WritingWorld } from './writingWorld.ts';

let world: WritingWorld;
let count = 0;

beforeAll(async () => {
	world = await makeWritingWorld(inject('programs'));
}, 180_000);

afterAll(() => world[Symbol.asyncDispose]());

const aPod = () => ({ kind: 'Pod', namespace: 'team', name: 'app', uid: `uid-${(count += 1)}` }) as const;
const aWish = (change: Partial<EventWish> = {}): EventWish => ({
	regarding: aPod(),
	reason: 'ImagePullExplained',
	about: 'image',
	note: 'No such tag.',
	...change,
});
const merge = 'application/merge-patch+json';
const create = async (wish: EventWish, node = 'node-a', change: object = {}, token = world.tokens.ofA) =>
	await world.post(placeOf(wish).collection, { ...eventOf(wish, node, Date.now()), ...change }, token);

describe('an agent', () => {
	test('writes about a pod, and counts on', async () => {
		const wish = aWish();
		expect((await create(wish)).status).toBe(201);
		const counted = await world.patch(placeOf(wish).path, seriesOf(2, Date.now()), world.tokens.ofA, merge);
		expect(counted.status).toBe(200);
		expect(await world.read(placeOf(wish).path)).toMatchObject({ note: 'No such tag.', series: { count: 2 } });
	});

	test('writes about its own node, where kubectl shows it', async () => {
		const regarding = { kind: 'Node', name: 'node-a' } as const;
		expect((await create(aWish({ regarding, note: 'No way there.' }))).status).toBe(201);
		const { stdout } = await kubectl(world.plane.access, ['describe', 'node', 'node-a']);
		expect(stdout).toContain('No way there.');
	});

	test('is refused the node of another agent', async () => {
		const regarding = { kind: 'Node', name: 'node-b' } as const;
		const { status, body } = await create(aWish({ regarding }));
		expect(status).toBe(403);
		expect(body).toContain('the node of its token');
	});

	test('is refused in the name of another agent', async () => {
		expect((await create(aWish(), 'node-b')).status).toBe(403);
		expect((await create(aWish(), 'node-b', {}, world.tokens.ofB)).status).toBe(201);
	});

	test('is refused with a token that belongs to no pod', async () => {
		expect((await create(aWish(), 'node-a', {}, world.tokens.loose)).status).toBe(403);
	});

	test.each([
		['another reason', { reason: 'Killing' }],
		['another type', { type: 'Normal' }],
		['another reporter', { reportingController: 'kubelet' }],
		['another kind of object', { regarding: { apiVersion: 'v1', kind: 'Secret', namespace: 'team', name: 'a' } }],
		['a related object', { related: { apiVersion: 'v1', kind: 'Pod', namespace: 'team', name: 'a' } }],
	])('is refused %s', async (_what, change) => {
		expect((await create(aWish(), 'node-a', change)).status).toBe(403);
	});

	test('is refused labels, annotations and finalizers', async () => {
		for (const change of [{ labels: { a: 'b' } }, { annotations: { a: 'b' } }, { finalizers: ['example.com/a'] }]) {
			const wish = aWish();
			const metadata = { name: placeOf(wish).name, namespace: 'team', ...change };
			expect((await create(wish, 'node-a', { metadata })).status).toBe(403);
		}
	});

	test('is refused Events of others', async () => {
		const wish = aWish();
		const foreign = { reportingController: 'kubelet', reportingInstance: 'node-a' };
		expect((await create(wish, 'node-a', foreign, 'admin-token')).status).toBe(201);
		const counted = await world.patch(placeOf(wish).path, seriesOf(9, Date.now()), world.tokens.ofA, merge);
		expect(counted.status).toBe(403);
		const labelled = { metadata: { labels: { a: 'b' } } };
		expect((await world.patch(placeOf(wish).path, labelled, world.tokens.ofA, merge)).status).toBe(403);
	});

	test('is held to the same where Events go by the core API', async () => {
		const role = ['create', 'clusterrole', 'core-events', '--verb=create', '--resource=events'];
		await kubectl(world.plane.access, role);
		const account = '--serviceaccount=registry-probe:registry-probe';
		await kubectl(world.plane.access, [
			'create',
			'clusterrolebinding',
			'core-events',
			'--clusterrole=core-events',
			account,
		]);
		const event = {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: { name: 'app.1', namespace: 'team' },
			involvedObject: { kind: 'Pod', namespace: 'team', name: 'app' },
			reason: 'Killing',
			type: 'Normal',
			source: { component: 'kubelet' },
		};
		await expect
			.poll(async () => (await world.post('/api/v1/namespaces/team/events', event)).body)
			.toContain('ValidatingAdmissionPolicy');
	});

	test('may write about a pod of another node: no policy can know where a pod runs', async () => {
		expect((await create(aWish({ regarding: { ...aPod(), name: 'pod-of-node-b' } }))).status).toBe(201);
	});
});

test('others write Events as before', async () => {
	for (const token of ['admin-token', 'node-a-token']) {
		const change = { reportingController: 'kubelet', reason: 'Killing', type: 'Normal' };
		expect((await create(aWish(), 'node-a', change, token)).status).toBe(201);
	}
});
