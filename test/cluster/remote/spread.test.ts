import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from '../../../src/cluster/remote/spread.ts';

const agents = (count: number, zone: string) => Array.from({ length: count }, (_, at) => ({ node: `${zone}${at}` }));
const zoneOf = (node: string) => node.charAt(0);

test('a zone of a hundred nodes does not hide one of two', () => {
	const chosen = spread([...agents(100, 'a'), ...agents(2, 'b')], zoneOf, 10);
	expect(chosen.filter(({ node }) => node.startsWith('b'))).toHaveLength(2);
	expect(chosen).toHaveLength(10);
});

test('each is chosen at most once, and as many as are wished and there', () => {
	const some = fc.uniqueArray(fc.record({ node: fc.stringMatching(/^[abc][0-9]{1,2}$/) }), {
		selector: ({ node }) => node,
	});
	fc.assert(
		fc.property(some, fc.nat(30), (all, most) => {
			const chosen = spread(all, zoneOf, most);
			expect(new Set(chosen).size).toBe(Math.min(most, all.length));
			expect(chosen.length).toBe(Math.min(most, all.length));
		}),
	);
});
