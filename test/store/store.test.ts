import { expect, test } from 'vitest';
import { failuresKept, historyLength } from '../../src/store/targetState.ts';
import { aStore, aTarget, anAttempt, broke, passed } from './literals.ts';

const hub = aTarget();
const quay = aTarget({ registry: 'quay.io', host: 'quay.io' });

test('a target has its counters before its first attempt, and nothing else', () => {
	const [state] = aStore(hub).states();
	expect(state?.attempts).toBe(0);
	expect(state?.latest).toBeUndefined();
	expect(state?.lastAttemptAt).toBeUndefined();
	expect(state?.failures.get('token tcp')).toBe(0);
});

test('an attempt counts its failures and its requests', () => {
	const store = aStore(hub);
	const requests = [
		{ role: 'registry', method: 'HEAD' },
		{ role: 'registry', method: 'HEAD' },
	] as const;
	store.record(anAttempt(hub, [passed('registry dns'), broke('registry tcp', 'tcp_refused')], { requests }));
	const [state] = store.states();
	expect(state?.attempts).toBe(1);
	expect(state?.failures.get('registry tcp')).toBe(1);
	expect(state?.failures.get('registry dns')).toBe(0);
	expect(state?.requests.get('registry HEAD')).toBe(2);
});

test('requests of an attempt that is not recorded count all the same', () => {
	const store = aStore(hub);
	store.countRequests(anAttempt(hub, [], { requests: [{ role: 'token', method: 'GET' }] }));
	store.countRequests(anAttempt(quay, [], { requests: [{ role: 'token', method: 'GET' }] }));
	expect(store.states()).toMatchObject([{ attempts: 0, requests: new Map([['token GET', 1]]) }]);
});

test('a pair that was not expected is counted from 0 when it is met', () => {
	const store = aStore(hub);
	expect(store.states()[0]?.failures.has('redirect tls')).toBe(false);
	store.record(anAttempt(hub, [passed('redirect tls')]));
	expect(store.states()[0]?.failures.get('redirect tls')).toBe(0);
});

test('times are those of the end of an attempt, and success keeps its own', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry dns')], { startedAt: 10_000, seconds: 2 }));
	store.record(anAttempt(hub, [broke('registry dns', 'dns_timeout')], { startedAt: 70_000, seconds: 5 }));
	expect(store.states()[0]).toMatchObject({ lastAttemptAt: 75_000, lastSuccessAt: 12_000 });
});

test('a reload leaves a target that stays alone and removes one that goes whole', () => {
	const store = aStore(hub, quay);
	store.record(anAttempt(hub, [broke('registry dns', 'dns_timeout')]));
	store.record(anAttempt(quay, [broke('registry dns', 'dns_timeout')]));
	store.setPauses(hub.id, ['floor']);
	store.setPlan([{ ...hub, interval: 300 }]);
	expect(store.states()).toMatchObject([{ target: { interval: 300 }, attempts: 1, pauses: ['floor'] }]);
	store.setPlan([hub, quay]);
	expect(store.states()[1]).toMatchObject({ attempts: 0, history: [] });
});

test('an attempt on a target that is gone is dropped', () => {
	const store = aStore(hub);
	store.record(anAttempt(quay, [passed('registry dns')]));
	expect(store.states()).toMatchObject([{ attempts: 0 }]);
});

test('states stand in the order of the plan', () => {
	const store = aStore(hub, quay);
	store.setPlan([quay, hub]);
	expect(store.states().map(({ target }) => target.id)).toEqual([quay.id, hub.id]);
});

test('history, failures and details are bounded', () => {
	const store = aStore(hub);
	const failure = { ...broke('registry dns', 'dns_timeout'), detail: 'x'.repeat(10_000) };
	for (let at = 0; at < 500; at += 1) {
		store.record(anAttempt(hub, [{ ...failure, peer: `mirror-${at % 50}` }], { startedAt: at }));
	}
	const [state] = store.states();
	expect(state?.history).toHaveLength(historyLength);
	expect(state?.history.at(-1)?.at).toBe(499);
	expect(state?.lastFailures).toHaveLength(failuresKept);
	expect(state?.lastFailures[0]?.detail).toHaveLength(500);
});

test('failures of one kind are counted from the first to the last, whatever fails beside them', () => {
	const store = aStore(hub);
	const kinds = [broke('registry dns', 'dns_timeout'), broke('token tcp', 'tcp_timeout')];
	for (let at = 0; at < 40; at += 1) {
		store.record(anAttempt(hub, at === 30 ? kinds : kinds.slice(0, 1), { startedAt: at }));
	}
	expect(store.states()[0]?.lastFailures).toMatchObject([
		{ stage: 'tcp', reason: 'tcp_timeout', firstAt: 30, at: 30, times: 1 },
		{ stage: 'dns', reason: 'dns_timeout', firstAt: 0, at: 39, times: 40 },
	]);
});

test('the history says where a path broke', () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry dns'), broke('token tcp', 'tcp_timeout')]));
	expect(store.states()[0]?.history).toEqual([
		{ at: 0, seconds: 1, success: false, role: 'token', stage: 'tcp', reason: 'tcp_timeout' },
	]);
});

test('verdicts are judged from the plan and its observations', () => {
	const store = aStore(hub);
	expect(store.verdicts()).toEqual([]);
	store.record(anAttempt(hub, [passed('registry manifest')]));
	expect(store.verdicts()).toMatchObject([{ registry: 'docker.io', success: true, via: hub.host }]);
});

test('the agent tells its configuration, its lag and what it repeated', () => {
	const store = aStore();
	expect(store.agent()).toEqual({ nodeFaults: [], scheduleLagSeconds: 0, repeats: { stall: 0, lag: 0 } });
	store.setConfiguration({ successful: true, at: 1, faults: [] });
	store.setScheduleLag(0.25);
	store.countRepeat('lag');
	expect(store.agent()).toEqual({
		configuration: { successful: true, at: 1, faults: [] },
		nodeFaults: [],
		scheduleLagSeconds: 0.25,
		repeats: { stall: 0, lag: 1 },
	});
});
