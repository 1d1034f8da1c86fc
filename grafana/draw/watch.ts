import { setTimeout as sleep } from 'node:timers/promises';
import { startScraped } from '../../test/grafana/world.ts';
import { startCluster } from './cluster/cluster.ts';
import type { Drawing } from './drawing.ts';
import { drawingOf } from './panels.ts';
import { ofCluster, ofDemo } from './pictures.ts';

/** Seconds of a watch, one after the other. */
const seconds = { quiet: 150, exhausted: 100, again: 50, after: 180 };
const shown = Object.values(seconds).reduce((sum, each) => sum + each);

/**
 * Watches a cluster of which first a zone and then a node breaks, and beside it the demo, of which a quota is used up and
 * given back; and asks what the boards ask. Takes eight minutes.
 */
export async function watch(): Promise<Readonly<Record<string, Drawing>>> {
	await using stack = new AsyncDisposableStack();
	const demo = stack.use(await startScraped());
	const cluster = stack.use(await startCluster());
	await sleep(seconds.quiet * 1000);
	cluster.breakZone();
	demo.fleet.servers.exhaust(true);
	await sleep(seconds.exhausted * 1000);
	demo.fleet.servers.exhaust(false);
	await sleep(seconds.again * 1000);
	await cluster.breakNode();
	await sleep(seconds.after * 1000);
	const drawn = [
		...Object.entries(ofCluster).map(([name, picture]) => ({ name, picture, port: cluster.port })),
		...Object.entries(ofDemo).map(([name, picture]) => ({ name, picture, port: demo.port })),
	].map(async ({ name, picture, port }) => [name, await drawingOf(port, picture, shown)] as const);
	return Object.fromEntries(await Promise.all(drawn));
}
