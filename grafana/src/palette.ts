import {
	ThresholdsConfigBuilder,
	MappingType,
	SpecialValueMatch,
	ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Threshold, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdicts } from './verdict.ts';

/** Every state has a word beside its colour, so that who sees no colours misses nothing. */
export const colors = {
	good: 'green',
	warn: 'orange',
	bad: 'red',
	unknown: 'purple',
	plain: 'text',
	info: 'blue',
} as const;

type Meaning = readonly [value: number, text: string, color: string];

/** Words and colours for numbers, and for a number that is missing: that is never good. */
export function mappings(missing: string, ...meanings: readonly Meaning[]): ValueMapping[] {
	const options = Object.fromEntries(
		meanings.map(([value, text, color], index) => [String(value), { text, color, index }]),
	);
	const nothing = { text: missing, color: colors.unknown, index: meanings.length };
	return [
		...(meanings.length > 0 ? [{ type: MappingType.ValueToText, options } as const] : []),
		{ type: MappingType.SpecialValue, options: { match: SpecialValueMatch.NullAndNan, result: nothing } },
	];
}

export const pullMappings = mappings('no result', [0, 'fails', colors.bad], [1, 'pulls', colors.good]);

/** A pull, and whether all the hosts that it could use are well. */
export const matrixMappings = mappings(
	'no result',
	[0, 'fails', colors.bad],
	[1, 'pulls, a host fails', colors.warn],
	[2, 'pulls', colors.good],
);

export const stageMappings = mappings('not reached', [0, 'fails', colors.bad], [1, 'ok', colors.good]);

export const verdictMappings = mappings(
	'no result',
	[verdicts.nobody, 'nobody: all nodes pull', colors.good],
	[verdicts.nodes, 'us: single nodes', colors.warn],
	[verdicts.many, 'us: many nodes', 'dark-orange'],
	[verdicts.source, 'an address', 'dark-orange'],
	[verdicts.zone, 'a zone', 'dark-orange'],
	[verdicts.everyone, 'them, or our way to them', colors.bad],
);

/**
 * Colours from these values on. What comes first is for no value at all, and never green.
 */
export function thresholds(...steps: readonly (readonly [from: number, color: string])[]): Threshold[] {
	return [{ value: null, color: colors.unknown }, ...steps.map(([value, color]) => ({ value, color }))];
}

/** 0 is good, anything more is not. */
export const noneIsGood = thresholds([0, colors.good], [1, colors.bad]);
/** A share of nodes that fail. */
export const failingShare = thresholds([0, colors.good], [0.0001, colors.warn], [0.5, colors.bad]);
/** Seconds until something ends. */
export const untilEnd = [
	{ value: null, color: colors.bad },
	{ value: 7 * 86_400, color: colors.warn },
	{ value: 21 * 86_400, color: colors.good },
];
/** The share of a quota that is left. */
export const shareLeft = [
	{ value: null, color: colors.bad },
	{ value: 0.1, color: colors.warn },
	{ value: 0.2, color: colors.good },
];
/** A measure that is neither good nor bad. */
export const neutral = [{ value: null, color: colors.info }];

export const thresholdsOf = (steps: Threshold[]) =>
	new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
