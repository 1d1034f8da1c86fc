import { expect, test } from 'vitest';
import { aStore, aTarget, anAttempt, broke, passed } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const hub = aTarget();
const place = 'registry="docker.io",host="registry-1.docker.io"';
const hour = 3_600_000;

test('before the first attempt there are only the target and its counters at 0', async () => {
	const view = aView(aStore(hub));
	expect(await seriesOf(view, 'attempts_total')).toEqual([`{${place}} 0`]);
	expect(await seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 0`);
	expect(await seriesOf(view, 'target_info')).toEqual([`{${place},via="upstream",origin="configured"} 1`]);
	for (const absent of [
		'success',
		'pull_success',
		'stage_success',
		'duration_seconds',
		'last_attempt_timestamp_seconds',
	]) {
		expect(await seriesOf(view, absent)).toEqual([]);
	}
});

test('an attempt shows its stages, its times and its verdicts', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry dns'), passed('registry manifest')], { seconds: 0.5 }));
	const view = aView(store);
	expect(await seriesOf(view, 'success')).toEqual([`{${place}} 1`]);
	expect(await seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 1']);
	expect(await seriesOf(view, 'duration_seconds')).toEqual([`{${place}} 0.5`]);
	expect(await seriesOf(view, 'last_attempt_timestamp_seconds')).toEqual([`{${place}} 0.5`]);
	expect(await seriesOf(view, 'last_success_timestamp_seconds')).toEqual([`{${place}} 0.5`]);
	expect(await seriesOf(view, 'stage_success')).toEqual([
		`{${place},role="registry",stage="dns"} 1`,
		`{${place},role="registry",stage="manifest"} 1`,
	]);
	expect(await seriesOf(view, 'stage_duration_seconds')).toContain(`{${place},role="registry",stage="dns"} 0.1`);
	expect(await seriesOf(view, 'stage_failure')).toEqual([]);
});

test('a failure shows its reason while it lasts, and what it kept from being reached is absent', async () => {
	const store = aStore(hub);
	const view = aView(store);
	store.record(anAttempt(hub, [passed('registry dns'), broke('token tcp', 'tcp_timeout')]));
	expect(await seriesOf(view, 'success')).toEqual([`{${place}} 0`]);
	expect(await seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 0']);
	expect(await seriesOf(view, 'stage_failure')).toEqual([`{${place},role="token",stage="tcp",reason="tcp_timeout"} 1`]);
	expect(await seriesOf(view, 'stage_success')).toEqual([
		`{${place},role="registry",stage="dns"} 1`,
		`{${place},role="token",stage="tcp"} 0`,
	]);
	expect(await seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 1`);

	store.record(anAttempt(hub, [passed('registry dns'), passed('token tcp')]));
	expect(await seriesOf(view, 'stage_failure')).toEqual([]);
	expect(await seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 1`);
});

test('a stage without a time of its own has no duration', async () => {
	const store = aStore(hub);
	const { seconds: _, ...untimed } = passed('registry manifest');
	store.record(anAttempt(hub, [untimed]));
	expect(await seriesOf(aView(store), 'stage_success')).toHaveLength(1);
	expect(await seriesOf(aView(store), 'stage_duration_seconds')).toEqual([]);
});

test('success is absent when older than two intervals and the time of an attempt', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest')], { seconds: 0 }));
	const limit = (2 * hub.interval + hub.attemptTimeout) * 1000;
	expect(await seriesOf(aView(store, { now: () => limit }), 'success')).toHaveLength(1);
	const late = aView(store, { now: () => limit + 1 });
	expect(await seriesOf(late, 'success')).toEqual([]);
	expect(await seriesOf(late, 'pull_success')).toEqual([]);
	expect(await seriesOf(late, 'last_attempt_timestamp_seconds')).toHaveLength(1);
});

test('a paused target keeps its success, however old', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest')]));
	store.setPauses(hub.id, ['retry_after']);
	const late = aView(store, { now: () => hour });
	expect(await seriesOf(late, 'success')).toHaveLength(1);
	expect(await seriesOf(late, 'probe_paused')).toEqual([`{${place},cause="retry_after"} 1`]);
});

test('a removed target leaves no series', async () => {
	const store = aStore(hub);
	const view = aView(store);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	expect((await view.render()).body).toContain('registry-1.docker.io');
	store.setPlan([]);
	expect((await view.render()).body).not.toContain('docker.io');
});

test('each role shows the host that played it; of several the one that failed', async () => {
	const store = aStore(hub);
	store.record(
		anAttempt(hub, [
			{ ...passed('redirect tls'), peer: 'first' },
			{ ...broke('redirect dns', 'dns_timeout'), peer: 'second' },
			{ ...passed('token token'), peer: 'auth.docker.io' },
		]),
	);
	expect(await seriesOf(aView(store), 'role_host_info')).toEqual([
		`{${place},role="redirect",peer="second"} 1`,
		`{${place},role="token",peer="auth.docker.io"} 1`,
	]);
});

test('requests are counted by role and method', async () => {
	const store = aStore(hub);
	const requests = [
		{ role: 'registry', method: 'HEAD' },
		{ role: 'token', method: 'GET' },
	] as const;
	store.record(anAttempt(hub, [], { requests }));
	store.record(anAttempt(hub, [], { requests }));
	expect(await seriesOf(aView(store), 'requests_total')).toEqual([
		`{${place},role="registry",method="HEAD"} 2`,
		`{${place},role="token",method="GET"} 2`,
	]);
});

test('the identity that a registry saw is shown', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	expect(await seriesOf(aView(store), 'egress_info')).toEqual(['{registry="docker.io",source="203.0.113.7"} 1']);
});

test('the agent tells of itself', async () => {
	const store = aStore();
	const view = aView(store);
	expect(await seriesOf(view, 'config_last_reload_successful')).toEqual([]);
	store.setConfiguration({ successful: false, at: 5000, faults: [] });
	store.setScheduleLag(0.25);
	store.countRepeat('stall');
	expect(await seriesOf(view, 'config_last_reload_successful')).toEqual(['{} 0']);
	expect(await seriesOf(view, 'config_last_reload_timestamp_seconds')).toEqual(['{} 5']);
	expect(await seriesOf(view, 'schedule_lag_seconds')).toEqual(['{} 0.25']);
	expect(await seriesOf(view, 'attempts_repeated_total')).toEqual(['{cause="stall"} 1', '{cause="lag"} 0']);
	expect(await seriesOf(view, 'build_info')).toEqual([`{version="1.2.3",nodejs="${process.version}"} 1`]);
	expect(await seriesOf(view, 'series_dropped_total')).toEqual(['{} 0']);
});
