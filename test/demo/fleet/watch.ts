import { startTwin } from '../../grafana/replay.ts';
import type { Directory } from '../../real/directory.ts';
import { startPrometheus } from '../../real/prometheus.ts';
import { writeRules } from './rules.ts';
import type { Fleet } from './world.ts';

/** What Prometheus scrapes: an agent, or what tells the same under another name. */
interface Scraped {
	readonly node: string;
	readonly target: string;
}

/** Of three nodes two that fail are most of them: these tell what the first one tells. */
export const twins = ['worker-4', 'worker-5'] as const;

/** Starts a Prometheus that scrapes the fleet, and judges it by the rules of this project; it ends with `stack`. Gives its port. */
export async function watchFleet(stack: AsyncDisposableStack, directory: Directory, { nodes }: Fleet): Promise<number> {
	const [well] = nodes;
	if (!well) throw new TypeError('the fleet has no nodes');
	const scraped: Scraped[] = nodes.map(({ name, listen }) => ({ node: name, target: listen }));
	for (const as of twins) {
		const twin = stack.use(await startTwin({ of: well.listen, node: well.name, as }));
		scraped.push({ node: as, target: `127.0.0.1:${twin.port}` });
	}
	const { port } = stack.use(await startPrometheus(directory, configurationFor(scraped, writeRules(directory))));
	return port;
}

function configurationFor(scraped: readonly Scraped[], rules: string): Readonly<Record<string, unknown>> {
	const labels = { cluster: 'demo', namespace: 'registry-probe' };
	return {
		global: { scrape_interval: '1s', scrape_timeout: '1s' },
		rule_files: [rules],
		scrape_configs: [
			{
				job_name: 'registry-probe',
				honor_labels: true,
				static_configs: scraped.map(({ node, target }) => ({ targets: [target], labels: { ...labels, node } })),
			},
		],
	};
}
