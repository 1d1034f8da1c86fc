import { expect, test } from 'vitest';
import { causes } from '../../../src/explain/diagnosis/causes.ts';
import { messageReasons, probeReasons } from '../../../src/reasons/reason.ts';

const rules = Object.entries(causes);

test('every reason has a cause, with a rationale of one line', () => {
	expect(Object.keys(causes).toSorted()).toEqual([...probeReasons, ...messageReasons].toSorted());
	expect(rules.filter(([, { why }]) => why.length < 8 || why.length > 100 || why.includes('\n'))).toEqual([]);
});

test('nothing that something on the way could do as well is proved by one node alone', () => {
	const could = rules.filter(([, { spreads }]) => spreads);
	expect(could.filter(([, { proof }]) => proof !== 'others')).toEqual([]);
});

test('what only messages tell is proved by none, but for a name that our own reader refuses', () => {
	const proved = messageReasons.filter((reason) => causes[reason].proof !== 'others');
	expect(proved).toEqual(['invalid_reference']);
});
