import { expect, test } from 'vitest';

import { conditionOf } from '../../src/commands/conditionHere.ts';
import { Reachability } from '../../src/verdict/reachability.ts';

function seen(registries: readonly string[], failing: readonly string[]): Reachability {
	const reachability = new Reachability({ after: 0, again: 0 });
	reachability.keep(registries);
	for (const registry of registries) {
		const blame = { host: `host.${registry}`, role: 'token', stage: 'dns', reason: 'dns_timeout' } as const;
		const verdict = failing.includes(registry) ? { success: false, blame } : { success: true };
		for (const now of [0, 1]) reachability.see({ registry, image: 'app', ...verdict }, now, 1_772_334_245_000);
	}
	return reachability;
}

test('nothing is said while nothing is known', () => {
	const reachability = new Reachability({ after: 0, again: 0 });
	reachability.keep(['a.example']);
	expect(conditionOf(reachability)).toBeUndefined();
});

test('True while all can be reached', () => {
	expect(conditionOf(seen(['a.example', 'b.example'], []))).toMatchObject({
		status: 'True',
		reason: 'RegistriesReachable',
	});
});

test('False says which registry, host, role, stage and reason, and since when', () => {
	expect(conditionOf(seen(['a.example', 'b.example'], ['b.example']))).toEqual({
		status: 'False',
		reason: 'RegistryUnreachable',
		message: 'b.example: host.b.example fails at dns (role token, dns_timeout) since 2026-03-01T03:04:05Z',
	});
});

test('of many three are named', () => {
	const all = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.example`);
	const message = conditionOf(seen(all, all))?.message ?? '';
	expect(message.split('; ')).toHaveLength(4);
	expect(message).toMatch(/; and 2 more$/);
});

test('Unknown where no registry counts', () => {
	expect(conditionOf(seen([], []))).toMatchObject({ status: 'Unknown', reason: 'NoRegistries' });
});
