import { expect, test } from 'vitest';

import type { Reason } from '../../src/reasons/reason.ts';
import type { PullVerdict } from '../../src/verdict/pullVerdict.ts';
import { Reachability } from '../../src/verdict/reachability.ts';

const minute = 60_000;
const works: PullVerdict = { registry: 'a.example', image: 'a.example/app:1', success: true, via: 'a.example' };
const fails = (reason: Reason = 'tcp_timeout'): PullVerdict => ({
	registry: 'a.example',
	image: 'a.example/app:1',
	success: false,
	blame: { host: 'a.example', role: 'registry', stage: 'tcp', reason },
});

/** What is known after these verdicts, each at its minute. */
function after(...seen: readonly (readonly [at: number, verdict: PullVerdict])[]): Reachability {
	const reachability = new Reachability({ after: 2 * minute, again: minute });
	reachability.keep(['a.example', 'b.example']);
	for (const [at, verdict] of seen) reachability.see(verdict, at * minute, 1e12 + at * minute);
	return reachability;
}

const down = (reachability: Reachability) => reachability.unreachable.map(({ registry }) => registry);

test('nothing is known at first, and the first success counts at once', () => {
	expect(after().known).toBe(false);
	expect(after([0, works]).known).toBe(true);
	expect(after([0, works]).unreachable).toEqual([]);
});

test('failures count when there were two, over long enough', () => {
	expect(down(after([0, fails()]))).toEqual([]);
	expect(after([0, fails()]).known).toBe(false);
	expect(down(after([0, fails()], [1, fails()]))).toEqual([]);
	expect(down(after([0, fails()], [2, fails()]))).toEqual(['a.example']);
});

test('a success in between begins the count anew', () => {
	expect(down(after([0, fails()], [1, works], [2, fails()], [3, fails()]))).toEqual([]);
	expect(down(after([0, fails()], [1, works], [2, fails()], [4, fails()]))).toEqual(['a.example']);
});

test('one success does not end it, two over long enough do', () => {
	const bad = [[0, fails()] as const, [2, fails()] as const];
	expect(down(after(...bad, [3, works]))).toEqual(['a.example']);
	expect(down(after(...bad, [3, works], [3.5, works]))).toEqual(['a.example']);
	expect(down(after(...bad, [3, works], [4, works]))).toEqual([]);
	expect(down(after(...bad, [3, works], [3.5, fails()], [4, works]))).toEqual(['a.example']);
});

test('the first failure is remembered with the latest blame', () => {
	const { unreachable } = after([0, fails()], [1, fails()], [2, fails('dns_timeout')]);
	expect(unreachable).toMatchObject([{ registry: 'a.example', since: 1e12, blame: { reason: 'dns_timeout' } }]);
});

test('while it recovers the fault is still told', () => {
	const { unreachable } = after([0, fails()], [2, fails()], [3, works]);
	expect(unreachable).toMatchObject([{ blame: { reason: 'tcp_timeout' } }]);
});

test.each<Reason>(['auth_required', 'auth_denied', 'rate_limited', 'manifest_not_found', 'digest_mismatch'])(
	'a registry that answers %s is reached',
	(reason) => {
		const reachability = after([0, fails(reason)], [9, fails(reason)]);
		expect(reachability.unreachable).toEqual([]);
		expect(reachability.known).toBe(true);
	},
);

test.each<Reason>(['agent_resources_exhausted', 'cancelled'])('%s says nothing about a registry', (reason) => {
	expect(after([0, fails(reason)], [9, fails(reason)]).known).toBe(false);
	expect(down(after([0, fails()], [1, fails(reason)], [2, fails()]))).toEqual(['a.example']);
});

test('registries that do not count are not looked at, and one that goes is forgotten', () => {
	const reachability = after([0, fails()], [2, fails()]);
	reachability.keep(['b.example']);
	expect(reachability.unreachable).toEqual([]);
	reachability.see(fails(), 9 * minute, 0);
	reachability.keep(['a.example', 'b.example']);
	expect(reachability.unreachable).toEqual([]);
	expect(reachability.count).toBe(2);
});
