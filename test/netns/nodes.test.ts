import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { Agent } from './agent.ts';
import { dropSyn, from, to } from './firewall.ts';
import { suite } from './suite.ts';

/** Seconds that both nodes are watched while one is broken. */
const watched = 2;

suite('two nodes with the same configuration', (lab) => {
	test('only the series of the broken one change', async () => {
		const { node, second, registry, blob, way } = lab();
		const [one, other] = await Promise.all([Agent.start(node, 'broken'), Agent.start(second, 'healthy')]);
		await using broken = one;
		await using healthy = other;
		const before = await healthy.value('attempts_total');
		for (const [host, failure] of [
			[registry, 'registry tcp tcp_timeout'],
			[blob, 'blob tcp tcp_timeout'],
		] as const) {
			await way.set([
				`${from(node.network.v4)} ${to(host.network.v4)} ${dropSyn}`,
				`${from(node.network.v6)} ${to(host.network.v6)} ${dropSyn}`,
			]);
			await broken.shows(failure);
			await sleep(watched * 1000);
			expect(await broken.failures()).toEqual([failure]);
			expect(await healthy.failures()).toEqual([]);
			expect(await healthy.value('success')).toBe(1);
			await way.heal();
			await broken.shows();
		}
		expect(await broken.value('failures_total')).toBeGreaterThan(1);
		expect(await healthy.value('failures_total')).toBe(0);
		expect(await healthy.value('attempts_total')).toBeGreaterThan((before ?? 0) + 2 * watched - 1);
	});
});
