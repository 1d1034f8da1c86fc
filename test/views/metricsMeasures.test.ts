import { expect, test } from 'vitest';
import type { Measure } from '../../src/probe/stage.ts';
import { aStore, aTarget, anAttempt, broke, passed } from '../store/literals.ts';
import { aMeasure, aStage, aView, seriesOf } from './metricsWorld.ts';

const hub = aTarget();
const mirror = aTarget({ host: 'mirror.example' });
const skew = aMeasure('clock_skew_seconds', ['host', 'role'], 'skew');

const nameserver: Measure = {
	metric: 'dns_nameserver_success',
	help: 'Whether a nameserver answers.',
	labels: ['nameserver'],
	samples: ({ facts }) => [{ labels: { nameserver: '10.0.0.2' }, value: Number(facts?.['answers']) }],
};

test('a measure is filled in with the host, role and peer that it names', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('token token', { skew: 2 })]));
	const stages = [aStage('token', aMeasure('clock_skew_seconds', ['host', 'role', 'peer'], 'skew'))];
	expect(await seriesOf(aView(store, { stages }), 'clock_skew_seconds')).toEqual([
		'{registry="docker.io",host="registry-1.docker.io",role="token",peer="token.example"} 2',
	]);
});

test('a failed record still gives its measures', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [broke('registry tls', 'tls_expired', { notAfter: 7 })]));
	const stages = [aStage('tls', aMeasure('not_after', ['host', 'role'], 'notAfter'))];
	expect(await seriesOf(aView(store, { stages }), 'not_after')).toHaveLength(1);
});

test('a measure sees the records of its own stage only, and facts that do not say give nothing', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry challenge', { skew: 2 }), passed('registry manifest')]));
	expect(await seriesOf(aView(store, { stages: [aStage('manifest', skew)] }), 'clock_skew_seconds')).toEqual([]);
});

test('of several stages that give the same series the later one wins', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry challenge', { skew: 2 }), passed('registry manifest', { skew: 3 })]));
	const stages = [aStage('challenge', skew), aStage('manifest', skew)];
	expect(await seriesOf(aView(store, { stages }), 'clock_skew_seconds')).toEqual([
		'{registry="docker.io",host="registry-1.docker.io",role="registry"} 3',
	]);
});

test('a measure without a host speaks of the registry: of all targets the lowest value wins', async () => {
	const store = aStore(hub, mirror);
	store.record(anAttempt(hub, [passed('registry dns', { answers: false })]));
	store.record(anAttempt(mirror, [passed('registry dns', { answers: true })]));
	expect(await seriesOf(aView(store, { stages: [aStage('dns', nameserver)] }), 'dns_nameserver_success')).toEqual([
		'{registry="docker.io",nameserver="10.0.0.2"} 0',
	]);
});

test('two stages that declare one metric differently are refused', async () => {
	const stages = [aStage('challenge', skew), aStage('manifest', aMeasure('clock_skew_seconds', ['host'], 'skew'))];
	expect(() => aView(aStore(), { stages })).toThrow(
		new TypeError('the metric clock_skew_seconds is declared in different ways'),
	);
});

test('a label that a measure did not declare is not shown', async () => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry dns', { answers: true })]));
	const chatty = { ...nameserver, samples: () => [{ labels: { nameserver: 'a', other: 'b' }, value: 1 }] };
	expect(await seriesOf(aView(store, { stages: [aStage('dns', chatty)] }), 'dns_nameserver_success')).toEqual([
		'{registry="docker.io",nameserver="a"} 1',
	]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a value that is no number is not shown: %d', async (value) => {
	const store = aStore(hub);
	store.record(anAttempt(hub, [passed('registry manifest', { skew: value })]));
	expect(await seriesOf(aView(store, { stages: [aStage('manifest', skew)] }), 'clock_skew_seconds')).toEqual([]);
});
