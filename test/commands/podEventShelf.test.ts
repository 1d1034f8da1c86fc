import { expect, test } from 'vitest';

import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import type { PodFacts } from '../../src/cluster/pod.ts';
import { PodEventShelf } from '../../src/commands/podEventShelf.ts';
import { podWith } from '../cluster/pods.ts';
import { event } from '../explain/diagnosis/situations.ts';

const pulling = event('Pulling', 'Pulling image "app"', 5);
const pod = (name: string, reason = 'ErrImagePull'): PodFacts =>
	podWith(['!app'], { name, waiting: [{ container: 'app', image: 'app', reason, message: '' }] });

function shelfWith(read: (asked: PodFacts) => readonly (typeof pulling)[]) {
	const world = { time: 0, asked: [] as string[], told: [] as string[] };
	const shelf = new PodEventShelf({
		read: async (asked) => {
			world.asked.push(asked.name);
			return await Promise.resolve(read(asked));
		},
		onFailure: ({ message }) => world.told.push(message),
		now: () => world.time,
	});
	return { world, shelf };
}

test('events are read once, and again after half a minute', async () => {
	const { world, shelf } = shelfWith(() => [pulling]);
	await shelf.refresh([pod('a')]);
	expect(shelf.of('uid-a')).toEqual([pulling]);
	world.time = 29_000;
	await shelf.refresh([pod('a')]);
	expect(world.asked).toHaveLength(1);
	world.time = 30_000;
	await shelf.refresh([pod('a')]);
	expect(world.asked).toHaveLength(2);
});

test('a pod whose state has changed is read sooner, but not at every turn', async () => {
	const { world, shelf } = shelfWith(() => []);
	await shelf.refresh([pod('a')]);
	world.time = 4000;
	await shelf.refresh([pod('a', 'ImagePullBackOff')]);
	expect(world.asked).toHaveLength(1);
	world.time = 5000;
	await shelf.refresh([pod('a', 'ImagePullBackOff')]);
	expect(world.asked).toHaveLength(2);
});

test('ten pods are read in one go, the others in the next', async () => {
	const { world, shelf } = shelfWith(() => []);
	const pods = Array.from({ length: 15 }, (_, at) => pod(`p${at}`));
	await shelf.refresh(pods);
	expect(world.asked).toHaveLength(10);
	await shelf.refresh(pods);
	expect(new Set(world.asked).size).toBe(15);
});

test('pods that wait no more are forgotten', async () => {
	const { shelf } = shelfWith(() => [pulling]);
	await shelf.refresh([pod('a')]);
	await shelf.refresh([]);
	expect(shelf.of('uid-a')).toEqual([]);
});

test.each([
	[403, 600_000],
	[500, 10_000],
])('after a status %i nothing is asked for %i ms', async (status, wait) => {
	const { world, shelf } = shelfWith(() => {
		throw new ApiFailure(`status ${status}`, { status });
	});
	await shelf.refresh([pod('a'), pod('b')]);
	world.time = wait - 1;
	await shelf.refresh([pod('a'), pod('b')]);
	expect(world).toMatchObject({ asked: ['a'], told: [`status ${status}`] });
	world.time = wait;
	await shelf.refresh([pod('a')]);
	expect(world.asked).toHaveLength(2);
});

test('the wait that the server asks for is kept', async () => {
	const { world, shelf } = shelfWith(() => {
		throw new ApiFailure('status 429', { status: 429, retryAfter: 60 });
	});
	await shelf.refresh([pod('a')]);
	world.time = 59_000;
	await shelf.refresh([pod('a')]);
	expect(world.asked).toHaveLength(1);
});
