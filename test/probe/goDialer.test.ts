import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseAsGo, type DialState } from '../../src/probe/dial/goDialer.ts';

const up = (seconds = 0.01): DialState => ({ state: 'reachable', seconds });
const down = (seconds = 0.01): DialState => ({ state: 'unreachable', seconds });
const pending: DialState = { state: 'pending' };
const [four, six] = ['ipv4', 'ipv6'];

describe('one family, one address after the other', () => {
	test.each<[string, readonly DialState[], number, number | 'none' | 'open']>([
		['nothing to dial', [], 0, 'none'],
		['the first one', [up(), up()], 0.1, 0],
		['the first one, though the second is faster', [up(0.9), up()], 1, 0],
		['the next after a refusal', [down(), up()], 0.1, 1],
		['none when all refuse', [down(), down()], 0.1, 'none'],
		['not known while the first is silent', [pending, up()], 0.5, 'open'],
		['the second when the first stays silent', [pending, up()], 1.1, 1],
		['not known while all are silent', [pending, pending], 20, 'open'],
		['not known while the last is silent', [down(), pending], 20, 'open'],
	])('%s', (_name, states, elapsed, expected) => {
		expect(
			chooseAsGo(
				states.map(() => 'ipv4'),
				states,
				elapsed,
			),
		).toBe(expected);
	});
});

describe('two families, the second after 0.3 s', () => {
	test.each<[string, readonly DialState[], number, number | 'none' | 'open']>([
		['the preferred one', [up(), up()], 0.1, 0],
		['the preferred one, though slower, within 0.3 s', [up(0.29), up(0.001)], 0.3, 0],
		['the other one when the preferred takes longer', [up(0.6), up(0.01)], 0.7, 1],
		['not known while the preferred is silent for less', [pending, up(0.01)], 0.2, 'open'],
		['the other one when the preferred is silent for more', [pending, up(0.01)], 0.32, 1],
		['the other one at once when the preferred refuses', [down(), up(0.2)], 0.2, 1],
		['none when both refuse', [down(), down()], 0.1, 'none'],
		['not known while the other one is silent', [down(), pending], 1, 'open'],
	])('%s', (_name, states, elapsed, expected) => {
		expect(chooseAsGo(['ipv6', 'ipv4'], states, elapsed)).toBe(expected);
	});
});

describe('any addresses', () => {
	const time = fc.double({ min: 0, max: 40, noNaN: true });
	const decided = fc.oneof(time.map(up), time.map(down));
	const listed = (state: fc.Arbitrary<DialState>) => {
		return fc.array(fc.tuple(fc.constantFrom(four, six), state), { maxLength: 16 });
	};
	const choose = (list: readonly (readonly [string | undefined, DialState])[], elapsed: number) => {
		return chooseAsGo(
			list.map(([family]) => family ?? ''),
			list.map(([, state]) => state),
			elapsed,
		);
	};

	test('the one that is chosen answers', () => {
		fc.assert(
			fc.property(listed(fc.oneof(decided, fc.constant(pending))), time, (list, elapsed) => {
				const chosen = choose(list, elapsed);
				const state = typeof chosen === 'string' ? 'reachable' : list[chosen]?.[1].state;
				expect(state).toBe('reachable');
			}),
		);
	});

	test('when all have answered the choice is made: none exactly when none is reachable', () => {
		fc.assert(
			fc.property(listed(decided), time, (list, elapsed) => {
				const reachable = list.some(([, { state }]) => state === 'reachable');
				const chosen = choose(list, elapsed);
				expect(typeof chosen === 'number').toBe(reachable);
				expect(chosen).not.toBe('open');
			}),
		);
	});

	test('a choice that was made stays while nothing new is heard', () => {
		fc.assert(
			fc.property(listed(decided), time, time, (list, elapsed, more) => {
				expect(choose(list, elapsed + more)).toBe(choose(list, elapsed));
			}),
		);
	});
});
