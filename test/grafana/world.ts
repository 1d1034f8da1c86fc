import { type Fleet, startFleet } from '../demo/fleet/world.ts';
import { Directory } from '../real/directory.ts';
import { startPrometheus, seriesNow } from '../real/prometheus.ts';
import { until } from '../commands/agent.ts';
import { everythingTold } from './everything.ts';
import { startText, startTwin } from './replay.ts';

/** A Prometheus that scrapes real agents every second, as one in a cluster would. */
export interface Scraped extends AsyncDisposable {
	readonly port: number;
	readonly fleet: Fleet;
}

/**
 * The three nodes of the demo in a cluster with a name; a twin of the first two in the same; and in a second scrape without
 * a label for the cluster the text of an agent that has everything. Labels that Kubernetes adds lie about node and network,
 * which `honor_labels` puts right.
 */
export async function startScraped(): Promise<Scraped> {
	await using stack = new AsyncDisposableStack();
	const fleet = stack.use(await startFleet('1s'));
	const [well, cutOff] = fleet.nodes;
	if (!well || !cutOff) throw new TypeError('the fleet has no nodes');
	const twins = [
		stack.use(await startTwin({ of: well.listen, node: well.name, as: 'worker-4' })),
		stack.use(await startTwin({ of: cutOff.listen, node: cutOff.name, as: 'worker-5' })),
	];
	const told = stack.use(await startText(everythingTold));
	const named = [...fleet.nodes.map(({ listen }) => listen), ...twins.map(({ port }) => `127.0.0.1:${port}`)];
	const directory = stack.use(new Directory());
	const prometheus = stack.use(
		await startPrometheus(directory, {
			global: { scrape_interval: '1s', scrape_timeout: '1s' },
			scrape_configs: [
				scrape('registry-probe', named, { cluster: 'demo' }),
				scrape('registry-probe-elsewhere', [`127.0.0.1:${told.port}`], {}),
			],
		}),
	);
	const { port } = prometheus;
	await until(
		async () => (await seriesNow(port, ready)).length > 0,
		() => prometheus.output,
		60,
	);
	const owned = stack.move();
	return { port, fleet, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** All five nodes have a verdict on both registries, and the broken ones have been seen broken twice. */
const ready = `count(registry_probe_pull_success{cluster="demo"}) == 10
	and count(registry_probe_pull_success == 0) >= 5
	and on () count(count_over_time(registry_probe_pull_success{cluster="demo"}[1m]) > 5) == 10`;

function scrape(name: string, targets: readonly string[], labels: Readonly<Record<string, string>>): object {
	const added = {
		namespace: 'registry-probe',
		pod: 'registry-probe-x2k4q',
		container: 'agent',
		node: 'a-lie',
		network: 'lie',
	};
	return { job_name: name, honor_labels: true, static_configs: [{ targets, labels: { ...added, ...labels } }] };
}
