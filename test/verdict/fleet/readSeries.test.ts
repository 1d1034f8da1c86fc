import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSeries, type Series } from '../../../src/verdict/fleet/readSeries.ts';

const series = (name: string, labels: Readonly<Record<string, string>>, value = 1): Series => ({
	labels: { __name__: `registry_probe_${name}`, node: 'n1', network: 'host', ...labels },
	value,
});
const hub = { registry: 'docker.io' };
const upstream = { ...hub, host: 'registry-1.docker.io' };
const mirror = { ...hub, host: 'mirror.corp' };

test('series of a node become its report', () => {
	expect(
		readSeries([
			series('node_info', { zone: 'eu-1a' }),
			series('pull_success', hub),
			series('pull_delay_seconds', { ...hub, cause: 'dead_mirror' }, 30),
			series('target_info', { ...upstream, via: 'upstream' }),
			series('target_info', { ...mirror, via: 'mirror' }),
			series('success', upstream),
			series('success', mirror, 0),
			series('stage_failure', { ...mirror, role: 'registry', stage: 'tcp', reason: 'tcp_timeout' }),
			series('ratelimit_remaining', { ...upstream, source: '203.0.113.7' }, 8),
			series('ratelimit_limit', { ...upstream, source: '203.0.113.7' }, 100),
			series('egress_info', { ...hub, source: '203.0.113.7' }),
		]),
	).toEqual([
		{
			node: 'n1',
			zone: 'eu-1a',
			pulls: [{ ...hub, success: true, delaySeconds: 30, quota: { remaining: 8, limit: 100 }, source: '203.0.113.7' }],
			mirrors: [
				{
					...mirror,
					success: false,
					fault: { host: 'mirror.corp', role: 'registry', stage: 'tcp', reason: 'tcp_timeout' },
				},
			],
		},
	]);
});

test('a pull that fails is blamed on the registry itself before its mirrors', () => {
	const [report] = readSeries([
		series('pull_success', hub, 0),
		series('target_info', { ...upstream, via: 'upstream' }),
		series('target_info', { ...mirror, via: 'mirror' }),
		series('stage_failure', { ...mirror, role: 'registry', stage: 'tcp', reason: 'tcp_refused' }),
		series('stage_failure', { ...upstream, role: 'token', stage: 'tcp', reason: 'tcp_timeout' }),
	]);
	expect(report?.pulls).toMatchObject([{ success: false, fault: { host: upstream.host, reason: 'tcp_timeout' } }]);
});

test('agents on the network of pods count only where no others are', () => {
	const pod = series('pull_success', { ...hub, network: 'pod' }, 0);
	expect(readSeries([pod, series('pull_success', hub)])[0]?.pulls).toMatchObject([{ success: true }]);
	expect(readSeries([pod])[0]?.pulls).toMatchObject([{ success: false }]);
});

test('whatever a Prometheus answers, nothing is thrown', () => {
	const label = fc.constantFrom('__name__', 'node', 'registry', 'host', 'network', 'role', 'stage', 'reason', 'via');
	const value = fc.oneof(
		fc.jsonValue(),
		fc.constantFrom('registry_probe_pull_success', 'registry_probe_target_info', 'mirror', 'host'),
	);
	const some = fc.array(fc.record({ labels: fc.dictionary(label, value), value: fc.double() }));
	fc.assert(
		fc.property(some, (all) => {
			expect(readSeries(all).length).toBeLessThanOrEqual(all.length);
		}),
	);
});
