import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';

import { readPodEvent } from '../../src/cluster/podEvent.ts';
import { podEvents } from '../../src/cluster/podEvents.ts';
import { json } from '../fakes/reply.ts';
import { type Reached, startServer } from './apiServer.ts';

let reached: Reached | undefined;

afterEach(() => reached?.server.close());

const failed = {
	metadata: { name: 'cart.1', namespace: 'shop', managedFields: [{ manager: 'kubelet' }] },
	involvedObject: { kind: 'Pod', uid: 'u', fieldPath: 'spec.containers{app}' },
	reason: 'Failed',
	message: 'Failed to pull image "app": not found',
	source: { component: 'kubelet', host: 'node-a' },
	firstTimestamp: '2026-11-21T10:42:00Z',
	lastTimestamp: '2026-11-21T10:58:00Z',
	count: 7,
	type: 'Warning',
};
const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);

test('an event of the kubelet, and nothing beside it', () => {
	expect(readPodEvent(failed)).toEqual({
		reason: 'Failed',
		message: 'Failed to pull image "app": not found',
		container: 'app',
		count: 7,
		firstAt: at('10:42:00'),
		lastAt: at('10:58:00'),
	});
});

test('one of the newer form', () => {
	const { firstTimestamp: _, lastTimestamp: __, count: ___, ...rest } = failed;
	const newer = {
		...rest,
		source: {},
		reportingComponent: 'kubelet',
		eventTime: '2026-11-21T10:42:00.000001Z',
		series: { count: 3, lastObservedTime: '2026-11-21T10:50:00.000000Z' },
	};
	expect(readPodEvent(newer)).toMatchObject({ count: 3, firstAt: at('10:42:00'), lastAt: at('10:50:00') });
});

test.each([
	['of somebody else', { ...failed, source: { component: 'registry-probe' } }],
	['without a time', { ...failed, firstTimestamp: null, lastTimestamp: null }],
	['without a reason', { ...failed, reason: '' }],
	['without a message', { ...failed, message: 7 }],
	['that is none', 'text'],
])('an event %s is left out', (_title, value) => {
	expect(readPodEvent(value)).toBeUndefined();
});

test('an init container is told apart from the pod', () => {
	const about = (fieldPath: string) => readPodEvent({ ...failed, involvedObject: { fieldPath } })?.container;
	expect(about('spec.initContainers{setup}')).toBe('setup');
	expect(about('')).toBeUndefined();
	expect(about('spec.containers{A B}')).toBeUndefined();
});

test('what is kept of any event is bounded', () => {
	const long = fc.string().map((text) => text.repeat(1000));
	const any = fc.oneof(long, fc.jsonValue());
	const times = fc.oneof(fc.constant('2026-11-21T10:42:00Z'), any);
	const event = fc.record({
		reason: fc.oneof(fc.constant('Failed'), any),
		message: any,
		source: fc.oneof(fc.constant({ component: 'kubelet' }), any),
		involvedObject: fc.oneof(fc.record({ fieldPath: any }), any),
		firstTimestamp: times,
		lastTimestamp: times,
		count: fc.oneof(fc.double(), any),
		series: any,
	});
	fc.assert(
		fc.property(event, (value) => {
			const kept = readPodEvent(value);
			expect(JSON.stringify(kept ?? '').length).toBeLessThan(15_000);
			expect(kept?.lastAt ?? 0).toBeGreaterThanOrEqual(kept?.firstAt ?? 0);
		}),
	);
});

test('the events of one pod are asked for, and come in the order of time', async () => {
	const pulling = { ...failed, reason: 'Pulling', lastTimestamp: '2026-11-21T10:50:00Z' };
	const items = [failed, { ...failed, source: { component: 'scheduler' } }, pulling];
	reached = await startServer(() => json(200, { kind: 'EventList', metadata: { resourceVersion: '7' }, items }));
	const signal = AbortSignal.timeout(5000);
	const events = await podEvents(reached.access, { namespace: 'shop', uid: 'a-b' }, signal);
	expect(events.map(({ reason }) => reason)).toEqual(['Pulling', 'Failed']);
	const [request] = reached.server.requests;
	expect(request?.path).toBe('/api/v1/namespaces/shop/events');
	expect(request?.query.get('fieldSelector')).toBe('involvedObject.uid=a-b');
});

test('a refusal is told', async () => {
	reached = await startServer(() => json(403, { kind: 'Status', message: 'events is forbidden' }));
	const asked = podEvents(reached.access, { namespace: 'shop', uid: 'u' }, AbortSignal.timeout(5000));
	await expect(asked).rejects.toMatchObject({ status: 403 });
});
