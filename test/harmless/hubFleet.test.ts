import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { Hold } from '../../src/schedule/rounds.ts';
import { type FleetOptions, startFleet } from './fleet.ts';
import { FleetClock } from './fleetClock.ts';
import { Hub, type HubRequest } from './hub.ts';
import { egress, startHub, type Walk, walkMirror } from './hubServers.ts';
import { tableOf } from './table.ts';

/** A day of a thousand agents is computed. */
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400;
const nodes = 1000;
const rows = tableOf('docs/requests.md', 'behind one address');
const number = (text = '') => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''));

/** What the real probe sends to Docker Hub on its real servers, by what it finds there. */
const walks: Record<'plenty' | 'used up' | 'held' | 'mirror', Walk> = {} as never;
let target: Target;

beforeAll(async () => {
	const hub = new Hub(() => 0);
	await using servers = await startHub(hub);
	({ target } = servers);
	walks.plenty = await servers.walk();
	while (hub.left(egress) > 0) hub.take(egress, pull);
	walks['used up'] = await servers.walk();
	walks.held = await servers.walk({ hold: { floor: true } });
	walks.mirror = await walkMirror();
});

const pull: HubRequest = { host: 'registry', method: 'GET', what: 'manifest' };

/** A fleet whose attempts are those of the real probe, in front of a hub. */
class World {
	readonly clock = new FleetClock();
	readonly hub = new Hub(() => this.clock.seconds);
	readonly holds: Hold[] = [];

	attempt = (hold: Hold): Observation => {
		this.holds.push(hold);
		const left = this.hub.left(egress) / this.hub.limits.pulls;
		const { observation, requests } = hold.floor ? walks.held : walks[left > 0 ? 'plenty' : 'used up'];
		for (const request of requests) this.hub.take(egress, request);
		return { ...observation, asks: { quotaLeft: left } };
	};

	/** Makes every attempt on a mirror that keeps what it has once read, and asks for a tag each time. */
	throughMirror(): void {
		const kept = new Set<string>();
		const onward = (request: HubRequest) => void this.hub.take(egress, request);
		const ask = ({ method, what }: HubRequest) => {
			// With a challenge and a token of its own each time: the worst that it can be.
			if (what === 'manifest' && method === 'HEAD') walks.held.requests.forEach(onward);
			if (!kept.has(what)) onward({ host: 'registry', method: 'GET', what });
			kept.add(what);
		};
		this.attempt = () => {
			walks.mirror.requests.forEach(ask);
			return walks.mirror.observation;
		};
	}

	start(change: Partial<FleetOptions> = {}) {
		return startFleet({ clock: this.clock, nodes, target, attempt: this.attempt, startsWithin: 60, ...change });
	}
}

function told(world: World): { pulls: number; busiest: number } {
	return { pulls: world.hub.limits.pulls - world.hub.left(egress), busiest: world.hub.busiestMinute };
}

function promised(name: string) {
	const row = rows.find((each) => each['behind one address'] === name) ?? {};
	return { pulls: number(row['pulls used']), busiest: number(row['busiest minute']) };
}

test('an attempt asks Docker Hub by HEAD only, and under the floor for no layer', () => {
	const asked = ({ requests }: Walk) => requests.map(({ host, method, what }) => `${host} ${method} ${what}`);
	const head = ['registry HEAD manifest', 'token GET token', 'registry HEAD manifest'];
	expect(asked(walks.plenty)).toEqual([...head, 'registry GET blob', 'cdn GET blob']);
	expect(asked(walks['used up'])).toEqual(head);
	expect(asked(walks.held)).toEqual(head);
	expect(asked(walks.mirror)).toEqual(['registry HEAD manifest', 'registry GET blob']);
	for (const { observation } of Object.values(walks)) expect(observation.success).toBe(true);
});

describe('the table of Docker Hub behind one address', () => {
	test('1,000 nodes, started within a minute', async () => {
		const world = new World();
		const fleet = world.start();
		await world.clock.pass(day);
		expect(told(world)).toEqual(promised('1,000 nodes, started within a minute'));
		expect(world.hub.refused).toEqual({ limited: 0, guarded: 0 });
		expect(fleet.attempts() / nodes).toBeGreaterThan(day / 300 - 2);
	});

	test('the same, every node restarted every 10 s for an hour', async () => {
		const world = new World();
		const fleet = world.start({ restartsAfter: 10 });
		await world.clock.pass(3600);
		fleet.settle();
		await world.clock.pass(600);
		expect(told(world)).toEqual(promised('the same, every node restarted every 10 s for an hour'));
		expect(world.hub.refused).toEqual({ limited: 0, guarded: 0 });
	});

	test('1,000 nodes behind a mirror that caches', async () => {
		const world = new World();
		world.throughMirror();
		world.start();
		await world.clock.pass(21_600);
		expect(told(world)).toEqual(promised('1,000 nodes behind a mirror that caches'));
		await world.clock.pass(day - 21_600);
		expect(world.hub.refused).toEqual({ limited: 0, guarded: 0 });
	});
});

test('where pods use the quota up, nodes go on with HEAD alone until it recovers, and take nothing of it', async () => {
	const world = new World();
	world.start();
	await world.clock.pass(3600);
	while (world.hub.left(egress) > 0) world.hub.take(egress, pull);
	await world.clock.pass(600);
	world.holds.length = 0;
	await world.clock.pass(3600);
	expect(world.holds.length).toBeGreaterThan(nodes * 11);
	expect(world.holds.every(({ floor }) => floor === true)).toBe(true);
	await world.clock.pass(21_600);
	world.holds.length = 0;
	await world.clock.pass(600);
	expect(world.holds.some(({ floor }) => floor === true)).toBe(false);
	expect(told(world).pulls).toBe(0);
	expect(world.hub.refused.limited).toBe(0);
});

describe('the simulated Docker Hub notices', () => {
	test('who pulls', async () => {
		const world = new World();
		world.attempt = () => {
			world.hub.take(egress, pull);
			return walks.plenty.observation;
		};
		world.start();
		await world.clock.pass(600);
		expect(told(world).pulls).toBe(100);
		expect(world.hub.refused.limited).toBeGreaterThan(0);
	});

	test('who asks every 10 s', async () => {
		const world = new World();
		world.start({ target: { ...target, interval: 10 } });
		await world.clock.pass(600);
		expect(world.hub.refused.guarded).toBeGreaterThan(0);
	});

	test('who does not spread what he starts', async () => {
		const world = new World();
		for (let node = 0; node < nodes; node += 1) world.attempt({});
		expect(world.hub.refused.guarded).toBeGreaterThan(0);
	});
});
