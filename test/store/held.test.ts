import { expect, test } from 'vitest';
import { outcomesOf } from '../../src/store/held.ts';
import type { Hold } from '../../src/store/targetState.ts';
import type { StageRecord } from '../../src/probe/observation.ts';
import { aStore, aTarget, anAttempt, broke, passed } from './literals.ts';

const target = aTarget();
const path = [passed('registry dns'), passed('registry challenge')];

/** What the store shows after these attempts, in order. */
function after(...attempts: readonly (readonly [readonly StageRecord[], Hold?])[]) {
	const store = aStore(target);
	for (const [records, hold] of attempts) store.record(anAttempt(target, records), hold);
	const latest = store.states()[0]?.latest;
	return { success: latest?.success, stages: latest?.records.map(({ role, stage }) => `${role} ${stage}`) };
}

test('under the floor the blob keeps its last record', () => {
	const whole = [...path, passed('registry manifest'), passed('blob tcp'), passed('blob blob')];
	expect(after([whole], [[...path, passed('registry manifest')], { floor: true }])).toEqual({
		success: true,
		stages: ['registry dns', 'registry challenge', 'registry manifest', 'blob tcp', 'blob blob'],
	});
});

test('a blob that failed before the floor was reached keeps its record, but does not apply any more', () => {
	const whole = [...path, passed('registry manifest'), broke('blob blob', 'body_stalled')];
	const held = after([whole], [[...path, passed('registry manifest')], { floor: true }]);
	expect(held).toEqual({
		success: true,
		stages: ['registry dns', 'registry challenge', 'registry manifest', 'blob blob'],
	});
});

test('a rejected login stays rejected while the rest of the path is walked', () => {
	const rejected = [...path, passed('token tls'), broke('token token', 'auth_rejected')];
	expect(after([rejected], [path, { credentials: true }])).toEqual({
		success: false,
		stages: ['registry dns', 'registry challenge', 'token tls', 'token token'],
	});
});

test('a connection that is walked under a hold is not kept beside its new record', () => {
	const rejected = [...path, passed('token tls'), broke('token token', 'auth_rejected')];
	expect(after([rejected], [[...path, passed('token tls')], { credentials: true }]).stages).toEqual([
		'registry dns',
		'registry challenge',
		'token tls',
		'token token',
	]);
});

test('an attempt that broke shows no held stage, and the next one shows it again', () => {
	const rejected = [...path, broke('token token', 'auth_rejected')];
	const hold = { credentials: true };
	const refused = [broke('registry tcp', 'tcp_refused')];
	expect(after([rejected], [refused, hold]).stages).toEqual(['registry tcp']);
	expect(after([rejected], [refused, hold], [path, hold])).toMatchObject({ success: false });
});

test('a failed manifest does not make the store forget the blob', () => {
	const whole = [...path, passed('registry manifest'), passed('blob blob')];
	const limited = [...path, broke('registry manifest', 'rate_limited')];
	const held = [...path, passed('registry manifest')];
	expect(after([whole], [limited], [held, { floor: true }]).stages).toContain('blob blob');
});

test('a role that a registry gave up is forgotten after a whole walk', () => {
	const elsewhere = [...path, passed('registry manifest'), passed('blob blob')];
	const itself = [...path, passed('registry manifest'), passed('registry blob')];
	const held = [...path, passed('registry manifest')];
	expect(after([elsewhere], [itself], [held, { floor: true }]).stages).not.toContain('blob blob');
});

test('without a hold nothing is kept', () => {
	const whole = [...path, passed('registry manifest'), passed('blob blob')];
	expect(after([whole], [path]).stages).toEqual(['registry dns', 'registry challenge']);
});

test('failures of held stages are counted once, not at every attempt that holds them', () => {
	const store = aStore(target);
	store.record(anAttempt(target, [...path, broke('token token', 'auth_rejected')]));
	store.record(anAttempt(target, path), { credentials: true });
	expect(store.states()[0]?.failures.get('token token')).toBe(1);
	expect(store.states()[0]?.lastFailures).toHaveLength(1);
});

test('of several hosts in one role and stage a failure wins, else the last', () => {
	const first = { ...passed('redirect tls'), peer: 'a' };
	const second = { ...passed('redirect tls'), peer: 'b' };
	const dead = { ...broke('redirect tls', 'tls_closed'), peer: 'c' };
	expect(outcomesOf([first, second])).toEqual([second]);
	expect(outcomesOf([dead, first])).toEqual([dead]);
});
