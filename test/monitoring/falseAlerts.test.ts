import { describe, expect, test } from 'vitest';
import { agent, names, nodeWith, pulls, registry, series, type ANode } from './nodes.ts';
import { fired, firing, lack, skipped } from './promtool.ts';
import { inZones, otherwise, well } from './story.ts';
import { always, line, type Line, type Piece } from './timeline.ts';

const node = 'RegistryProbeUnreachableFromNode';

/** A node that is replaced at a minute: its last pulls fail, then it is gone. */
function leaving(name: string, at: number): readonly Line[] {
	const up: readonly Piece[] = [
		[1, at],
		[0, 2],
		['gone', 1],
	];
	const success: readonly Piece[] = [
		[1, at - 3],
		[0, 3],
		['gone', 1],
	];
	return [...agent({ node: name, up }), ...pulls(name, success)];
}

/** The node that comes in its place: its network is ready after its agent. */
function coming(name: string, at: number): readonly Line[] {
	const born = at * 60;
	const up: readonly Piece[] = [
		['gone', at],
		[0, 1],
		[1, 1],
	];
	const success: readonly Piece[] = [
		['gone', at + 1],
		[0, 6],
		[1, 1],
	];
	return [
		...agent({
			node: name,
			up,
			created: born,
			started: [
				['gone', at + 1],
				[born + 60, 1],
			],
		}),
		...pulls(name, success),
	];
}

/** An agent that is restarted at a minute, for a minute, and begins with what it knew. */
function restarted(one: ANode, at: number, success: readonly Piece[] = well): readonly Line[] {
	const up: readonly Piece[] = [
		[1, at],
		['gone', 1],
		[1, 1],
	];
	const started: readonly Piece[] = [
		[-86_400, at],
		['gone', 1],
		[at * 60 + 50, 1],
	];
	const gap = success.every(([value]) => value === 0)
		? ([
				[0, at],
				['gone', 2],
				[0, 1],
			] as const)
		: ([
				[1, at],
				['gone', 2],
				[1, 1],
			] as const);
	return [...agent({ ...one, up, started }), ...pulls(one.node, gap)];
}

/** Registries behind an air gap, and what becomes of the names of their upstreams there. */
const behindGap = { 'docker.io': 'dns_name_not_found', 'quay.io': 'dns_server_failure', 'ghcr.io': 'dns_timeout' };

/** Such a registry, as a node tells it: a mirror serves, and the name of the upstream is not to be had. */
function mirrored(name: string, [to, reason]: readonly [string, string]): readonly Line[] {
	const told = (metric: string, more: Readonly<Record<string, string>>, value = 1) =>
		always(series(metric, name, { registry: to, ...more }), value);
	const upstream = { host: `${to}.upstream`, role: 'registry', stage: 'dns' };
	return [
		told('pull_success', {}),
		told('target_info', { host: 'mirror.corp', via: 'mirror', origin: 'configured' }),
		told('target_info', { host: upstream.host, via: 'upstream', origin: 'configured' }),
		told('success', { host: 'mirror.corp' }),
		told('success', { host: upstream.host }, 0),
		told('stage_success', upstream, 0),
		told('stage_failure', { ...upstream, reason }),
		told('stage_success', { ...upstream, host: 'mirror.corp' }),
		...['ipv4', 'ipv6'].map((family) => told('dns_nameserver_success', { nameserver: '10.0.0.2', family }, 0)),
	];
}

describe.skipIf(skipped)(`no alert is a false one${lack}`, { timeout: 120_000 }, () => {
	test('behind an air gap mirrors serve, and upstreams have not even a name', async () => {
		const gap = inZones(3).flatMap((one) => {
			return [...agent(one), ...Object.entries(behindGap).flatMap((each) => mirrored(one.node, each))];
		});
		expect(await otherwise(gap, fired(60, {}))).toBe('');
		const asked = inZones(3).flatMap(({ node: name }) => {
			const answers = (nameserver: string, value: number) =>
				always(series('dns_nameserver_success', name, { registry: 'corp', nameserver, family: 'ipv4' }), value);
			return [answers('10.0.0.2', 1), answers('10.0.0.3', 0)];
		});
		const silent = { nameserver: '10.0.0.3' };
		expect(await otherwise([...gap, ...asked], firing('RegistryProbeNameserverDead', 60, silent))).toBe('');
	});

	test('a hundred of 120 nodes are replaced within an hour', async () => {
		const steady = names(20, 's').flatMap((name) => nodeWith({ node: name }));
		const replaced = names(100).flatMap((name, at) => {
			const when = 5 + Math.floor(at * 0.6);
			return [...leaving(name, when), ...coming(`new-${name}`, when + 3)];
		});
		expect(await otherwise([...steady, ...replaced], fired(110, {}))).toBe('');
	});

	test('a rolling restart of the DaemonSet: a node that is broken stays told, nobody else is', async () => {
		const all = inZones(30).map((one, at) => ({ one, at: 60 + at }));
		const lines = all.flatMap(({ one, at }) => restarted(one, at, at === 60 ? [[0, 1]] : well));
		const told = { registry, node: 'n1', zone: 'a' };
		expect(
			await otherwise(
				lines,
				...[59, 61, 64, 68, 72, 100].map((minute) => firing(node, minute, told)),
				fired(110, { [node]: 1 }),
			),
		).toBe('');
	});

	test('Prometheus restarts: what fired goes on, nothing begins', async () => {
		const gap: readonly Piece[] = [
			[1, 60],
			['gone', 6],
			[1, 1],
		];
		const lines = inZones(6).flatMap((one, at) => {
			const is = at === 0 ? 0 : 1;
			return [
				...agent({ ...one, up: gap }),
				...pulls(one.node, [
					[is, 60],
					['gone', 6],
					[is, 1],
				]),
			];
		});
		const told = { registry, node: 'n1', zone: 'a' };
		expect(
			await otherwise(
				lines,
				...[59, 63, 66, 70, 100].map((minute) => firing(node, minute, told)),
				fired(100, { [node]: 1 }),
			),
		).toBe('');
	});

	test('every third scrape is missed, on all nodes: one that is broken is told', async () => {
		const missed: readonly Piece[] = Array.from({ length: 30 }, (): readonly Piece[] => [
			[1, 2],
			[0, 1],
		]).flat();
		const lines = inZones(6).flatMap((one, at) => {
			const is = at === 0 ? 0 : 1;
			const success = missed.map(([value, minutes]): Piece => [value === 1 ? is : 'gone', minutes]);
			return [...agent({ ...one, up: missed }), ...pulls(one.node, success)];
		});
		expect(
			await otherwise(lines, firing(node, 40, { registry, node: 'n1', zone: 'a' }), fired(85, { [node]: 1 })),
		).toBe('');
	});

	test('the path of a node flaps every two minutes: it is told once, as unsteady', async () => {
		const flapping: readonly Piece[] = Array.from({ length: 40 }, (): readonly Piece[] => [
			[1, 2],
			[0, 2],
		]).flat();
		const lines = inZones(6).flatMap((one, at) => nodeWith(one, at === 0 ? flapping : well));
		const alert = 'RegistryProbeUnsteady';
		const told = [30, 60, 90, 140].map((minute) => firing(alert, minute, { registry }));
		expect(await otherwise(lines, ...told, fired(140, { [alert]: 1 }))).toBe('');
	});

	test('the zone is not told for a while: the alert stays the same one', async () => {
		const info = series('node_info', 'n1', { zone: 'a' });
		const lines = [
			...nodeWith({ node: 'n1' }, [[0, 1]]),
			...names(3, 'm').flatMap((name) => nodeWith({ node: name, zone: 'b' })),
			line(info, [1, 30], ['gone', 40], [1, 1]),
		];
		const told = { registry, node: 'n1', zone: 'a' };
		expect(await otherwise(lines, firing(node, 35, told), firing(node, 69, told), fired(100, { [node]: 1 }))).toBe('');
	});
});
