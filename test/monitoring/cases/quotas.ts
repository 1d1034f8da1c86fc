import { failure, names, nodeWith, registry, series } from '../nodes.ts';
import { always, line, slope, type Line } from '../timeline.ts';
import type { Case, Quiet } from './case.ts';

const source = '203.0.113.7';
const labels = { registry, host: 'registry-1.docker.io', source };
const window = 21_600;

const behind = (...nodes: readonly string[]): readonly Line[] => nodes.flatMap((node) => nodeWith({ node, source }));
const quota = (node: string): readonly Line[] => [
	always(series('ratelimit_limit', node, labels), 100),
	always(series('ratelimit_window_seconds', node, labels), window),
];
const left = (node: string) => series('ratelimit_remaining', node, labels);

/** The alerts about quotas. */
export const quotaCases: readonly Case[] = [
	{
		alert: 'RegistryProbeRateLimitLow',
		when: 'one pull a minute drains it',
		lines: [...behind('n1', 'n2'), ...quota('n1'), slope(left('n1'), 100, -1, 92, 100)],
		alerts: [{ registry, source }],
		fires: [86, 106],
		silent: [85, 108],
	},
	{
		alert: 'RegistryProbeRateLimitLow',
		when: 'it is low, and then the path that tells it fails',
		lines: [...behind('n1'), ...quota('n1'), line(left('n1'), [15, 40], ['gone', 30], [90, 1])],
		alerts: [{ registry, source }],
		fires: [45, 84],
		silent: [44, 86],
	},
	{
		alert: 'RegistryProbeRateLimitExhausted',
		when: 'nothing is left, once for all nodes',
		lines: [
			...behind('n1', 'n2', 'n3'),
			...names(3).flatMap((node) => [...quota(node), line(left(node), [50, 20], [0, 30], [100, 1])]),
		],
		alerts: [{ registry, source }],
		fires: [23, 64],
		silent: [22, 66],
	},
	{
		alert: 'RegistryProbeRateLimitExhausted',
		when: 'the registry answers 429',
		lines: [...behind('n1'), failure('n1', { stage: 'manifest', reason: 'rate_limited' }, 20, 50)],
		alerts: [{ registry, source }],
		fires: [23, 64],
		silent: [22, 66],
	},
	{
		alert: 'RegistryProbeRateLimitExhausted',
		when: 'a registry that tells no source answers 429',
		lines: [...nodeWith({ node: 'n1' }), failure('n1', { stage: 'manifest', reason: 'rate_limited' }, 20, 50)],
		alerts: [{ registry }],
		fires: [23, 64],
		silent: [22, 66],
	},
	{
		alert: 'RegistryProbeRateLimitShared',
		when: 'eleven nodes share a hundred pulls',
		lines: [
			...behind(...names(10)),
			...quota('n1'),
			...nodeWith({ node: 'n11' }),
			line(series('egress_info', 'n11', { registry, source }), ['gone', 10], [1, 70], ['gone', 1]),
		],
		alerts: [{ registry, source }],
		fires: [70, 139],
		silent: [69, 141],
	},
];

export const quotaQuiet: readonly Quiet[] = [
	{
		alert: 'RegistryProbeRateLimitLow',
		when: 'it is low and steady',
		lines: [...behind('n1'), ...quota('n1'), always(left('n1'), 15)],
		minutes: 90,
	},
	{
		alert: 'RegistryProbeRateLimitLow',
		when: 'it drains and enough is left',
		lines: [...behind('n1'), ...quota('n1'), slope(left('n1'), 100, -1, 60, 40)],
		minutes: 90,
	},
	{
		alert: 'RegistryProbeRateLimitExhausted',
		when: 'one is left',
		lines: [...behind('n1'), ...quota('n1'), always(left('n1'), 1)],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeRateLimitShared',
		when: 'a hundred pulls are for ten nodes',
		lines: [...behind(...names(10)), ...quota('n1')],
		minutes: 120,
	},
];
