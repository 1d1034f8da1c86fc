import { expect, test } from 'vitest';
import { verdicts } from '../../../build/monitoring/recordings/verdicts.ts';
import { reachesOf, type Tried } from '../../../src/verdict/fleet/scope.ts';

const nodes = (zone: string, count: number, failing: number): readonly Tried[] =>
	Array.from({ length: count }, (_, at) => ({ node: `${zone}${at}`, zone, failed: at < failing }));
const scopes = (...zones: readonly (readonly Tried[])[]) =>
	reachesOf(zones.flat()).map(({ scope, members }) => `${scope} ${members.length}`);

test.each([
	['one of two is not more than half', [nodes('a', 2, 1), nodes('b', 9, 0)], ['node 1']],
	['two of three are', [nodes('a', 3, 2), nodes('b', 9, 0)], ['zone 2']],
	['half of a zone is not', [nodes('a', 4, 2), nodes('b', 9, 0)], ['node 2']],
	['half of the others must work', [nodes('a', 3, 3), nodes('b', 4, 2)], ['everyone 5']],
	['more than half of the others do', [nodes('a', 3, 3), nodes('b', 5, 2)], ['zone 3', 'node 2']],
	['two zones of four stand apart', [nodes('a', 3, 3), nodes('b', 3, 3), nodes('c', 9, 0)], ['zone 3', 'zone 3']],
	['five of a hundred are no more than a twentieth', [nodes('', 100, 5)], ['node 5']],
	['six are', [nodes('', 100, 6)], ['many 6']],
	['four are too few', [nodes('', 20, 4)], ['node 4']],
])('%s', (_, zones, expected) => {
	expect(scopes(...zones)).toEqual(expected);
});

test('the bounds are those of the recording rules', () => {
	const expressions = verdicts.rules.map(({ expr }) => expr).join('\n');
	expect(expressions).toMatch(/zone_registry\S+ratio > 0\.5 and zone_registry\S+ >= 2\) > bool 0/);
	expect(expressions.match(/ratio > 0\.5 and \S+ >= 2\) > bool 0/g)).toHaveLength(2);
	expect(expressions.match(/\) < 0\.5 \* \(/g)).toHaveLength(2);
	expect(expressions).toMatch(/\(\S+ >= 2 and \S+ > 0\.5 \* \S+\)/);
	expect(expressions).toMatch(/\(\S+ >= 5 and \S+ > 0\.05 \* \S+\)/);
});
