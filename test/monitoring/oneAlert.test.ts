import { describe, expect, test } from 'vitest';
import { agent, broken, failure, names, nodeWith, pulls, registry, series } from './nodes.ts';
import { fired, firing, lack, skipped } from './promtool.ts';
import { inZones, otherwise, well } from './story.ts';
import { always, line, type Piece } from './timeline.ts';

const node = 'RegistryProbeUnreachableFromNode';

describe.skipIf(skipped)(`one fault, one alert${lack}`, { timeout: 120_000 }, () => {
	test('one node of a thousand is broken', async () => {
		const lines = inZones(1000).flatMap((one, at) => nodeWith(one, at === 499 ? broken(5, 40) : well));
		const told = { registry, node: 'n500', zone: 'b' };
		expect(await otherwise(lines, firing(node, 14), firing(node, 15, told), fired(20, { [node]: 1 }))).toBe('');
	});

	test('a zone of 30 of 90 nodes breaks, one node after the other', async () => {
		const lines = inZones(90).flatMap((one, at) =>
			nodeWith(one, one.zone === 'a' ? broken(10 + Math.floor(at / 6), 60) : well),
		);
		const told = { registry, zone: 'a' };
		expect(
			await otherwise(
				lines,
				firing('RegistryProbeUnreachableFromZone', 20, told),
				fired(90, { RegistryProbeUnreachableFromZone: 1 }),
			),
		).toBe('');
	});

	test('the same zone has an address of its own: the zone is named, the address is not', async () => {
		const lines = inZones(9).flatMap((one) =>
			nodeWith({ ...one, source: `203.0.113.${one.zone === 'a' ? 1 : 2}` }, one.zone === 'a' ? broken(10, 40) : well),
		);
		expect(await otherwise(lines, fired(70, { RegistryProbeUnreachableFromZone: 1 }))).toBe('');
	});

	test('everything fails for all, the path that tells the address too', async () => {
		const lines = inZones(90).flatMap((one) => [
			...agent(one),
			...pulls(one.node, broken(10, 40)),
			failure(one.node, {}, 10, 40),
			line(series('egress_info', one.node, { registry, source: '203.0.113.7' }), [1, 20], ['gone', 30], [1, 1]),
		]);
		expect(await otherwise(lines, fired(70, { RegistryProbeUnreachableEverywhere: 1 }))).toBe('');
	});

	test('an address is blocked, and no longer told: its nodes are still known', async () => {
		const lines = names(8).flatMap((name, at) => {
			const [source, success] = at < 4 ? (['203.0.113.7', broken(10, 60)] as const) : (['203.0.113.8', well] as const);
			const known = series('egress_info', name, { registry, source });
			return [
				...nodeWith({ node: name }, success),
				at < 4 ? line(known, [1, 15], ['gone', 45], [1, 1]) : always(known),
			];
		});
		const told = { registry, source: '203.0.113.7' };
		const alert = 'RegistryProbeUnreachableFromSource';
		expect(await otherwise(lines, firing(alert, 17, told), firing(alert, 59, told), fired(90, { [alert]: 1 }))).toBe(
			'',
		);
	});

	test('the quota of one address is used up: one alert for it, whatever stands behind it', async () => {
		const source = '203.0.113.7';
		const host = 'registry-1.docker.io';
		const lines = names(9).flatMap((name, at) => [
			...nodeWith({ node: name, source: at < 6 ? source : '203.0.113.8' }),
			...(at < 6
				? [
						always(series('ratelimit_limit', name, { registry, host, source }), 100),
						line(series('ratelimit_remaining', name, { registry, host, source }), [60, 10 + at], [0, 30], [100, 1]),
					]
				: []),
		]);
		const told = { registry, source };
		expect(
			await otherwise(
				lines,
				firing('RegistryProbeRateLimitExhausted', 14, told),
				fired(80, { RegistryProbeRateLimitExhausted: 1 }),
			),
		).toBe('');
	});

	test('two clusters in one Prometheus are judged apart', async () => {
		const clustered = (cluster: string, success: readonly Piece[]) =>
			inZones(6)
				.flatMap((one) => nodeWith(one, success))
				.map((one) => ({ ...one, series: one.series.replace('{', `{cluster="${cluster}",`) }));
		const lines = [...clustered('east', broken(10, 40)), ...clustered('west', well)];
		expect(
			await otherwise(
				lines,
				firing('RegistryProbeUnreachableEverywhere', 30, { registry, cluster: 'east' }),
				fired(70, { RegistryProbeUnreachableEverywhere: 1 }),
			),
		).toBe('');
	});
});
