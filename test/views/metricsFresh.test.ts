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

test('each scrape shows what was recorded since the one before, of every target', async () => {
	const { store, view } = aWorld();
	for (const target of [hub, quay, hub]) {
		const before = await seriesOf(view, 'attempts_total');
		store.record(anAttempt(target, [passed('registry manifest')]));
		expect(await seriesOf(view, 'attempts_total')).not.toEqual(before);
	}
	expect((await seriesOf(view, 'attempts_total')).map((line) => line.at(-1))).toEqual(['2', '1']);
});

test('what becomes too old while nothing is recorded goes, and comes back when the clock is set back', async () => {
	const { store, clock, view } = aWorld();
	store.record(anAttempt(hub, [passed('registry manifest')]));
	expect(await seriesOf(view, 'success')).toHaveLength(1);
	clock.now = hour;
	expect(await seriesOf(view, 'success')).toEqual([]);
	expect(await seriesOf(view, 'pull_success')).toEqual([]);
	clock.now = 1000;
	expect(await seriesOf(view, 'success')).toHaveLength(1);
});

test('an identity goes an hour after it was last seen, though nothing is recorded', async () => {
	const { store, clock, view } = aWorld();
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	clock.now = hour;
	expect(await seriesOf(view, 'egress_info')).toHaveLength(1);
	clock.now = hour + 1001;
	expect(await seriesOf(view, 'egress_info')).toEqual([]);
});

test('pauses, requests of attempts that do not count and new settings show at once', async () => {
	const { store, view } = aWorld();
	expect(await seriesOf(view, 'probe_paused')).toEqual([]);
	store.setPauses(hub.id, ['floor']);
	expect(await seriesOf(view, 'probe_paused')).toHaveLength(1);
	store.countRequests(anAttempt(hub, [], { requests: [{ role: 'registry', method: 'HEAD' }] }));
	expect(await seriesOf(view, 'requests_total')).toHaveLength(1);
	store.setPlan([{ ...hub, via: 'mirror' }, quay]);
	expect((await seriesOf(view, 'target_info'))[0]).toContain('via="mirror"');
});

test('a target that went and came back begins anew', async () => {
	const { store, view } = aWorld();
	store.record(anAttempt(hub, [broke('registry dns', 'dns_timeout')]));
	expect(await seriesOf(view, 'stage_failure')).toHaveLength(1);
	store.setPlan([quay]);
	store.setPlan([hub, quay]);
	expect(await seriesOf(view, 'stage_failure')).toEqual([]);
});

test('the targets of one registry that do not stand side by side in the plan are one registry', async () => {
	const mirror = aTarget({ host: 'mirror.example' });
	const store = aStore(hub, quay, mirror);
	const view = aView(store);
	for (const target of [hub, mirror]) store.record(anAttempt(target, [passed('registry manifest')]));
	expect(await seriesOf(view, 'success')).toHaveLength(2);
	expect(await seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 1']);
});
