import { startClusterApi } from '../../../test/demo/fleet/clusterApi.ts';
import { until } from '../../../test/commands/agent.ts';
import { Directory } from '../../../test/real/directory.ts';
import { seriesNow, startPrometheus } from '../../../test/real/prometheus.ts';
import { type RealNode, startNode } from './node.ts';
import { type Likeness, startReplay } from './replay.ts';
import { registries, startServers } from './servers.ts';

/** A cluster that a Prometheus watches. */
export interface Cluster extends AsyncDisposable {
	readonly port: number;
	/** In one zone packets to a token service are lost from now on. */
	readonly breakZone: () => void;
	/** One node of another zone does not know the company's authority from now on. */
	readonly breakNode: () => Promise<void>;
}

const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const;
const nodesOfZone = 8;

/** The three real agents: of a node that is well, of one in the zone that will break, and of the one that will break alone. */
const real = { well: 'ip-10-0-1-11', zone: 'ip-10-0-2-11', alone: 'ip-10-0-3-14' } as const;

/** Starts 24 nodes in three zones, of which three are real agents and the others are like one of them. */
export async function startCluster(): Promise<Cluster> {
	await using stack = new AsyncDisposableStack();
	const servers = await startServers(stack);
	const api = await startClusterApi(
		stack,
		Object.fromEntries(Object.values(real).map((name) => [name, { zone: zones[0], pods: [] }])),
	);
	const [well, zone, alone] = await Promise.all(
		[real.well, real.zone, real.alone].map((name) => startNode(stack, name, servers, api)),
	);
	if (!well || !zone || !alone) throw new TypeError('the cluster has no agents');
	const nodes = likenesses(well, zone, alone);
	const replay = stack.use(await startReplay(nodes));
	const directory = stack.use(new Directory());
	const prometheus = stack.use(await startPrometheus(directory, configurationOf(nodes, replay.port)));
	const pairs = nodes.length * Object.keys(registries).length;
	await until(
		async () => (await seriesNow(prometheus.port, `count(registry_probe_pull_success == 1) == ${pairs}`)).length > 0,
		() => prometheus.output,
		90,
	);
	const owned = stack.move();
	return {
		port: prometheus.port,
		breakZone: zone.cutOffTokens,
		breakNode: alone.forgetAuthority,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

function likenesses(well: RealNode, zone: RealNode, alone: RealNode): readonly Likeness[] {
	const names = zones.flatMap((name, at) =>
		Array.from({ length: nodesOfZone }, (_, index) => ({ node: `ip-10-0-${at + 1}-${index + 11}`, zone: name })),
	);
	const like = (each: { readonly node: string; readonly zone: string }) => {
		if (each.zone === zones[1]) return zone;
		return each.node === real.alone ? alone : well;
	};
	return names.map((each) => ({ ...each, of: like(each) }));
}

function configurationOf(nodes: readonly Likeness[], port: number): Readonly<Record<string, unknown>> {
	const targets = nodes.map(({ node }) => ({
		targets: [`127.0.0.1:${port}`],
		labels: { instance: `${node}:9917`, cluster: 'production', __metrics_path__: `/${node}` },
	}));
	return {
		global: { scrape_interval: '5s', scrape_timeout: '4s' },
		scrape_configs: [{ job_name: 'registry-probe', honor_labels: true, static_configs: targets }],
	};
}
