import { type RateLimit, rateLimitState } from '../../registry/ratelimit.ts';
import type { StageRecord } from '../observation.ts';
import type { Measure, Sample } from '../stage.ts';

const states = ['limited', 'exhausted', 'unlimited_or_unknown'] as const;

function limitsOf({ facts }: StageRecord): RateLimit | undefined {
	// The manifest stage is the only one that writes this fact.
	return facts?.['ratelimit'] as RateLimit | undefined;
}

function number(value: (limits: RateLimit) => number | undefined): Measure['samples'] {
	return (record): Sample[] => {
		const limits = limitsOf(record);
		const found = limits && value(limits);
		return limits && found !== undefined ? [{ labels: { source: limits.source ?? '' }, value: found }] : [];
	};
}

const labels = ['host', 'source'];

/** What the registry says about its quota with every manifest answer; absent is not zero. */
export const rateLimits: readonly Measure[] = [
	{
		metric: 'ratelimit_limit',
		help: 'Pulls that the registry allows in a window.',
		labels,
		samples: number(({ limit }) => limit),
	},
	{
		metric: 'ratelimit_remaining',
		help: 'Pulls that the registry still allows in the window.',
		labels,
		samples: number(({ remaining }) => remaining),
	},
	{
		metric: 'ratelimit_window_seconds',
		help: 'Length of the window of the quota.',
		labels,
		samples: number(({ windowSeconds }) => windowSeconds),
	},
	{
		metric: 'ratelimit_state',
		help: 'What is known of the quota, one of limited, exhausted and unlimited_or_unknown.',
		labels: ['host', 'state'],
		samples(record) {
			if (typeof record.facts?.['status'] !== 'number') return [];
			const state = rateLimitState(limitsOf(record) ?? {});
			return states.map((one) => ({ labels: { state: one }, value: Number(one === state) }));
		},
	},
];
