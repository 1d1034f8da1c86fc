import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { boundedNote, eventOf, type EventWish, placeOf, seriesOf } from '../../src/cluster/event.ts';

const pod = { kind: 'Pod', namespace: 'team', name: 'app-1', uid: 'uid-1' } as const;
const wish: EventWish = { regarding: pod, reason: 'ImagePullExplained', about: 'image', note: 'No such tag.' };
const at = Date.UTC(2026, 2, 1, 3, 4, 5, 67);

test('an Event about a pod is in its namespace and names it', () => {
	expect(placeOf(wish).collection).toBe('/apis/events.k8s.io/v1/namespaces/team/events');
	expect(eventOf(wish, 'node-a', at)).toMatchObject({
		metadata: { namespace: 'team', name: expect.stringMatching(/^app-1\.[0-9a-f]{16}$/) },
		eventTime: '2026-03-01T03:04:05.067000Z',
		type: 'Warning',
		reason: 'ImagePullExplained',
		note: 'No such tag.',
		regarding: { apiVersion: 'v1', kind: 'Pod', namespace: 'team', name: 'app-1', uid: 'uid-1' },
		reportingController: 'registry-probe',
		reportingInstance: 'node-a',
	});
});

test('an Event about the node is where kubectl looks for it', () => {
	const ofNode = { ...wish, regarding: { kind: 'Node', name: 'node-a' } } as const;
	expect(eventOf(ofNode, 'node-a', at)).toMatchObject({
		metadata: { namespace: 'default' },
		regarding: { kind: 'Node', name: 'node-a', uid: 'node-a' },
	});
});

describe('the name of an Event', () => {
	test('is the same for the same cause of the same pod, whatever the note says', () => {
		expect(placeOf({ ...wish, note: 'other words' })).toEqual(placeOf(wish));
	});

	test.each([
		['another cause', { ...wish, about: 'node' }],
		['another pod of the same name', { ...wish, regarding: { ...pod, uid: 'uid-2' } }],
		['another reason', { ...wish, reason: 'RegistryUnreachable' }],
	])('is another for %s', (_what, other) => {
		expect(placeOf(other).name).not.toBe(placeOf(wish).name);
	});

	test('fits where the name of the pod is as long as names can be', () => {
		const { name } = placeOf({ ...wish, regarding: { ...pod, name: `${'a'.repeat(199)}.${'b'.repeat(53)}` } });
		expect(name).toMatch(/^a{199}\.[0-9a-f]{16}$/);
	});
});

test('a series begins with two', () => {
	expect(seriesOf(1, at)).toEqual({ series: { count: 2, lastObservedTime: '2026-03-01T03:04:05.067000Z' } });
});

test('a note shows no secret and no control character', () => {
	const note = boundedNote('GET https://cdn.example/blob?sig=planted-secret failed\n\u001b[31mnow');
	expect(note).toBe('GET https://cdn.example/blob?sig=REDACTED failed now');
});

test('a note has no more bytes than the API takes', () => {
	const sign = fc.constantFrom('a', 'ä', '\u20ac', '\u{1f600}', '\n', '\ud800', '?', '=');
	const piece = fc.tuple(sign, fc.nat(60)).map(([one, times]) => one.repeat(times));
	fc.assert(
		fc.property(fc.array(piece, { minLength: 20, maxLength: 60 }), (pieces) => {
			const text = pieces.join('');
			const note = boundedNote(text);
			expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024);
			expect(note.isWellFormed()).toBe(true);
		}),
	);
});
