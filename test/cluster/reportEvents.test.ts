import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ApiFailure } from '../../src/cluster/apiFailure.ts';
import type { EventWish } from '../../src/cluster/event.ts';
import { type EventPace, reportEvents, usualEventPace } from '../../src/cluster/reportEvents.ts';
import { json } from '../fakes/reply.ts';
import { type EventsApi, startEventsApi } from './eventsApi.ts';

const pace: EventPace = {
	settling: 0,
	again: 100,
	rarest: 200,
	refused: 10_000,
	look: 10,
	rate: { burst: 100, perSecond: 100 },
	backoff: { first: 10, most: 20 },
};

let api: EventsApi;
let wishes: readonly EventWish[];
let failures: ApiFailure[];
let stop: AbortController;

beforeEach(async () => {
	api = await startEventsApi();
	[wishes, failures, stop] = [[], [], new AbortController()];
});

afterEach(async () => {
	stop.abort();
	await api.server.close();
});

const about = (pod: string, cause = 'image'): EventWish => ({
	regarding: { kind: 'Pod', namespace: 'team', name: pod, uid: `uid-${pod}` },
	reason: 'ImagePullExplained',
	about: cause,
	note: `${pod}: ${cause}`,
});

function begin(change: Partial<EventPace> = {}): void {
	const report = { access: api.access, node: 'node-a', wishes: () => wishes, onWritten: () => {} };
	const onFailure = (failure: ApiFailure) => void failures.push(failure);
	void reportEvents({ ...report, onFailure }, { signal: stop.signal, pace: { ...pace, ...change } });
}

const notes = () => [...api.events.values()].map(({ note }) => note);
const counts = () => [...api.events.values()].map(({ series }) => series?.count);

test('what holds is told once, and then counted in the same Event', async () => {
	wishes = [about('app')];
	begin();
	await expect.poll(() => counts()[0]).toBeGreaterThanOrEqual(3);
	expect(notes()).toEqual(['app: image']);
	expect(api.server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('counting becomes rarer', async () => {
	wishes = [about('app')];
	begin({ again: 40, rarest: 10_000 });
	await sleep(600);
	// At 0, 40, 120, 280 ms, and next at 600.
	expect(api.server.requests.length).toBeLessThanOrEqual(6);
});

test('another cause is another Event', async () => {
	wishes = [about('app')];
	begin({ again: 10_000 });
	await expect.poll(notes).toEqual(['app: image']);
	wishes = [about('app', 'node')];
	await expect.poll(notes).toEqual(['app: image', 'app: node']);
});

test('what does not hold long enough is never told', async () => {
	wishes = [about('brief'), about('app')];
	begin({ settling: 150 });
	await sleep(50);
	wishes = [about('app')];
	await expect.poll(notes).toEqual(['app: image']);
	await sleep(150);
	expect(notes()).toEqual(['app: image']);
});

test('an agent that was started anew counts on where the one before stopped', async () => {
	wishes = [about('app')];
	begin();
	await expect.poll(() => counts()[0]).toBeGreaterThanOrEqual(2);
	stop.abort();
	const before = counts()[0] ?? 0;
	stop = new AbortController();
	begin({ again: 10_000 });
	await expect.poll(() => counts()[0]).toBeGreaterThan(before);
	expect(api.events.size).toBe(1);
});

test('an Event that the API server has forgotten is told anew', async () => {
	wishes = [about('app')];
	begin();
	await expect.poll(notes).toHaveLength(1);
	api.events.clear();
	await expect.poll(notes).toEqual(['app: image']);
});

test('many are written at the rate that is allowed, the first ones first', async () => {
	wishes = Array.from({ length: 50 }, (_, at) => about(`app-${at}`));
	begin({ rate: { burst: 3, perSecond: 10 }, again: 10_000 });
	await sleep(500);
	expect(api.events.size).toBeGreaterThanOrEqual(3);
	expect(api.events.size).toBeLessThanOrEqual(9);
	expect(notes().slice(0, 3)).toEqual(['app-0: image', 'app-1: image', 'app-2: image']);
});

test('what is new goes before what is counted', async () => {
	wishes = [about('old')];
	begin({ rate: { burst: 1, perSecond: 2 }, again: 1 });
	await expect.poll(notes).toHaveLength(1);
	wishes = [about('old'), about('new')];
	await expect.poll(notes).toHaveLength(2);
	expect(counts()).toEqual([undefined, undefined]);
});

test('one that is refused is left alone, and the others are written', async () => {
	api.fault = ({ body }) => (body.includes('bad') ? json(403, { message: 'namespace is going' }) : undefined);
	wishes = [about('bad'), about('good')];
	begin();
	await expect.poll(() => counts()[0]).toBeGreaterThanOrEqual(2);
	expect(notes()).toEqual(['good: image']);
	expect(failures.map(({ status }) => status)).toEqual([403]);
});

test.each([
	['429', () => json(429, { message: 'too many' })],
	['500', () => json(500, { message: 'no leader' })],
	['no answer', () => 'reset' as const],
])('after %s nothing else is tried until a wait is over', async (_what, fault) => {
	api.fault = fault;
	wishes = [about('a'), about('b')];
	begin({ backoff: { first: 200, most: 200 } });
	await expect.poll(() => failures.length).toBe(1);
	expect(api.server.requests).toHaveLength(1);
	api.fault = () => undefined;
	await expect.poll(notes).toEqual(['a: image', 'b: image']);
});

test('a wait that the API server asks for is kept', async () => {
	api.fault = () => json(429, { message: 'too many' }, { 'retry-after': '30' });
	wishes = [about('a')];
	begin();
	await expect.poll(() => failures.length).toBe(1);
	await sleep(200);
	expect(api.server.requests).toHaveLength(1);
});

test('the usual pace is no more than two Events a minute in the long run', () => {
	expect(usualEventPace.rate.perSecond * 60).toBeLessThanOrEqual(2);
	expect(usualEventPace.again).toBeGreaterThanOrEqual(300_000);
});
