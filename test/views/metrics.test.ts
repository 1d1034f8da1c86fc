import { expect, test } from 'vitest';
import { aStore, aTarget, anAttempt, broke, passed } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const hub = aTarget();
const place = 'registry="docker.io",host="registry-1.docker.io"';
const hour = 3_600_000;

test('before the first attempt there are only the target and its counters at 0', () => {
	const view = aView(aStore(hub));
	expect(seriesOf(view, 'attempts_total')).toEqual([`{${place}} 0`]);
	expect(seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 0`);
	expect(seriesOf(view, 'target_info')).toEqual([`{${place},via="upstream",origin="configured"} 1`]);
	for (const absent of [
		'success',
		'pull_success',
		'stage_success',
		'duration_seconds',
		'last_attempt_timestamp_seconds',
	]) {
		expect(seriesOf(view, absent)).toEqual([]);
	}
});

test('an attempt shows its stages, its times and its verdicts', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry dns'), passed('registry manifest')], { seconds: 0.5 }));
	const view = aView(store);
	expect(seriesOf(view, 'success')).toEqual([`{${place}} 1`]);
	expect(seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 1']);
	expect(seriesOf(view, 'duration_seconds')).toEqual([`{${place}} 0.5`]);
	expect(seriesOf(view, 'last_attempt_timestamp_seconds')).toEqual([`{${place}} 0.5`]);
	expect(seriesOf(view, 'last_success_timestamp_seconds')).toEqual([`{${place}} 0.5`]);
	expect(seriesOf(view, 'stage_success')).toEqual([
		`{${place},role="registry",stage="dns"} 1`,
		`{${place},role="registry",stage="manifest"} 1`,
	]);
	expect(seriesOf(view, 'stage_duration_seconds')).toContain(`{${place},role="registry",stage="dns"} 0.1`);
	expect(seriesOf(view, 'stage_failure')).toEqual([]);
});

test('a failure shows its reason while it lasts, and what it kept from being reached is absent', () => {
	const store = aStore(hub);
	const view = aView(store);
	store.record(anAttempt(hub, [passed('registry dns'), broke('token tcp', 'tcp_timeout')]));
	expect(seriesOf(view, 'success')).toEqual([`{${place}} 0`]);
	expect(seriesOf(view, 'pull_success')).toEqual(['{registry="docker.io"} 0']);
	expect(seriesOf(view, 'stage_failure')).toEqual([`{${place},role="token",stage="tcp",reason="tcp_timeout"} 1`]);
	expect(seriesOf(view, 'stage_success')).toEqual([
		`{${place},role="registry",stage="dns"} 1`,
		`{${place},role="token",stage="tcp"} 0`,
	]);
	expect(seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 1`);

	store.record(anAttempt(hub, [passed('registry dns'), passed('token tcp')]));
	expect(seriesOf(view, 'stage_failure')).toEqual([]);
	expect(seriesOf(view, 'failures_total')).toContain(`{${place},role="token",stage="tcp"} 1`);
});

test('a stage without a time of its own has no duration', () => {
	const store = aStore(hub);
	const { seconds: _, ...untimed } = passed('registry manifest');
	store.record(anAttempt(hub, [untimed]));
	expect(seriesOf(aView(store), 'stage_success')).toHaveLength(1);
	expect(seriesOf(aView(store), 'stage_duration_seconds')).toEqual([]);
});

test('success is absent when older than two intervals and the time of an attempt', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest')], { seconds: 0 }));
	const limit = (2 * hub.interval + hub.attemptTimeout) * 1000;
	expect(seriesOf(aView(store, { now: () => limit }), 'success')).toHaveLength(1);
	const late = aView(store, { now: () => limit + 1 });
	expect(seriesOf(late, 'success')).toEqual([]);
	expect(seriesOf(late, 'pull_success')).toEqual([]);
	expect(seriesOf(late, 'last_attempt_timestamp_seconds')).toHaveLength(1);
});

test('a paused target keeps its success, however old', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest')]));
	store.setPauses(hub.id, ['retry_after']);
	const late = aView(store, { now: () => hour });
	expect(seriesOf(late, 'success')).toHaveLength(1);
	expect(seriesOf(late, 'probe_paused')).toEqual([`{${place},cause="retry_after"} 1`]);
});

test('a removed target leaves no series', () => {
	const store = aStore(hub);
	const view = aView(store);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	expect(view.render().body).toContain('registry-1.docker.io');
	store.setPlan([]);
	expect(view.render().body).not.toContain('docker.io');
});

test('each role shows the host that played it; of several the one that failed', () => {
	const store = aStore(hub);
	store.record(
		anAttempt(hub, [
			{ ...passed('redirect tls'), peer: 'first' },
			{ ...broke('redirect dns', 'dns_timeout'), peer: 'second' },
			{ ...passed('token token'), peer: 'auth.docker.io' },
		]),
	);
	expect(seriesOf(aView(store), 'role_host_info')).toEqual([
		`{${place},role="redirect",peer="second"} 1`,
		`{${place},role="token",peer="auth.docker.io"} 1`,
	]);
});

test('requests are counted by role and method', () => {
	const store = aStore(hub);
	const requests = [
		{ role: 'registry', method: 'HEAD' },
		{ role: 'token', method: 'GET' },
	] as const;
	store.record(anAttempt(hub, [], { requests }));
	store.record(anAttempt(hub, [], { requests }));
	expect(seriesOf(aView(store), 'requests_total')).toEqual([
		`{${place},role="registry",method="HEAD"} 2`,
		`{${place},role="token",method="GET"} 2`,
	]);
});

test('the identity that a registry saw is shown', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest', { ratelimit: { source: '203.0.113.7' } })]));
	expect(seriesOf(aView(store), 'egress_info')).toEqual(['{registry="docker.io",source="203.0.113.7"} 1']);
});

test('the agent tells of itself', () => {
	const store = aStore();
	const view = aView(store);
	expect(seriesOf(view, 'config_last_reload_successful')).toEqual([]);
	store.setConfiguration({ successful: false, at: 5000, faults: [] });
	store.setScheduleLag(0.25);
	store.countRepeat('stall');
	expect(seriesOf(view, 'config_last_reload_successful')).toEqual(['{} 0']);
	expect(seriesOf(view, 'config_last_reload_timestamp_seconds')).toEqual(['{} 5']);
	expect(seriesOf(view, 'schedule_lag_seconds')).toEqual(['{} 0.25']);
	expect(seriesOf(view, 'attempts_repeated_total')).toEqual(['{cause="stall"} 1', '{cause="lag"} 0']);
	expect(seriesOf(view, 'build_info')).toEqual([`{version="1.2.3",nodejs="${process.version}"} 1`]);
	expect(seriesOf(view, 'series_dropped_total')).toEqual(['{} 0']);
});
