import { expect, test } from 'vitest';
import { aStore, aTarget, anAttempt, broke, passed } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const hub = aTarget();
const quay = aTarget({ registry: 'quay.io', host: 'quay.io' });
const hour = 3_600_000;

/** A view whose clock the test sets, of a store with two registries. */
function aWorld() {
	const store = aStore(hub, quay);
	const clock = { now: 1000 };
	return { store, clock, view: aView(store, { now: () => clock.now }) };
}

test('each scrape shows what was recorded since the one before, of every target', () => {
	const { store, view } = aWorld();
	for (const target of [hub, quay, hub]) {
		const before = seriesOf(view, 'attempts_total');
		store.record(anAttempt(target, [passed('registry manifest')]));
		expect(seriesOf(view, 'attempts_total')).not.toEqual(before);
	}
	expect(seriesOf(view, 'attempts_total').map((line) => line.at(-1))).toEqual(['2', '1']);
});

test('what becomes too old while nothing is recorded goes, and comes back when the clock is set back', () => {
	const { store, clock, view } = aWorld();
	store.record(anAttempt(hub, [passed('registry manifest')]));
	expect(seriesOf(view, 'success')).toHaveLength(1);
	clock.now = hour;
	expect(seriesOf(view, 'success')).toEqual([]);
	expect(seriesOf(view, 'pull_success')).toEqual([]);
	clock.now = 1000;
	expect(seriesOf(view, 'success')).toHaveLength(1);
});

test('an identity goes an hour after it was last seen, though nothing is recorded', () => {
	const { store, clock, view } = aWorld();
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	clock.now = hour;
	expect(seriesOf(view, 'egress_info')).toHaveLength(1);
	clock.now = hour + 1001;
	expect(seriesOf(view, 'egress_info')).toEqual([]);
});

test('pauses, requests of attempts that do not count and new settings show at once', () => {
	const { store, view } = aWorld();
	expect(seriesOf(view, 'probe_paused')).toEqual([]);
	store.setPauses(hub.id, ['floor']);
	expect(seriesOf(view, 'probe_paused')).toHaveLength(1);
	store.countRequests(anAttempt(hub, [], { requests: [{ role: 'registry', method: 'HEAD' }] }));
	expect(seriesOf(view, 'requests_total')).toHaveLength(1);
	store.setPlan([{ ...hub, via: 'mirror' }, quay]);
	expect(seriesOf(view, 'target_info')[0]).toContain('via="mirror"');
});

test('a target that went and came back begins anew', () => {
	const { store, view } = aWorld();
	store.record(anAttempt(hub, [broke('registry dns', 'dns_timeout')]));
	expect(seriesOf(view, 'stage_failure')).toHaveLength(1);
	store.setPlan([quay]);
	store.setPlan([hub, quay]);
	expect(seriesOf(view, 'stage_failure')).toEqual([]);
});

test('the targets of one registry that do not stand side by side in the plan are one registry', () => {
	const mirror = aTarget({ host: 'mirror.example' });
	const store = aStore(hub, quay, mirror);
	const view = aView(store);
	for (const target of [hub, mirror]) store.record(anAttempt(target, [passed('registry manifest')]));
	expect(seriesOf(view, 'success')).toHaveLength(2);
	expect(seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 1']);
});
