import { noneIsGood } from '../palette.ts';
import { bars } from '../panels/bars.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { chosenNodes, orNone } from '../promql.ts';

const over = (metric: string) => `increase(${chosenNodes(metric)}[$__rate_interval])`;
const faults = `count by (fault) (group by (cluster, node, source, fault) (${chosenNodes('node_config_fault')}))`;

const noProviders = 'Agents run no credential providers: node.credential_providers is not `run`, or there are none.';

/** What dims an agent's sight: too little CPU, an API server that does not answer, files that say nonsense. */
export function sight(): AnyPanel[] {
	const size = { width: 8, height: 8, legend: 'bottom', points: fewPoints } as const;
	const narrow = { width: 6, height: 7, legend: 'bottom', points: fewPoints } as const;
	return [
		lines({
			title: 'Do agents measure themselves?',
			description:
				'How late agents last were to begin an attempt, the ten latest. Above a second what they measure is their own lack of CPU.',
			...size,
			unit: 's',
			lines: [{ query: `topk(10, max by (node) (${chosenNodes('schedule_lag_seconds')}))`, legend: '{{node}}' }],
		}),
		lines({
			title: 'How many attempts had to be made again?',
			description:
				'Because the agent itself stood still (`stall`) or lagged (`lag`) meanwhile. They are not counted against registries.',
			...size,
			unit: 'short',
			stacked: true,
			lines: [{ query: `sum by (cause) (${over('attempts_repeated_total')})`, legend: '{{cause}}' }],
		}),
		lines({
			title: 'How old is what they know of their pods?',
			description:
				'Since the pods of the node were last known as the API server knows them; the ten oldest. It moves every minute or so.',
			...size,
			unit: 's',
			noValue: 'No agent asks the Kubernetes API for pods: the component `discovery` gives the right.',
			lines: [
				{
					query: `topk(10, time() - max by (node) (${chosenNodes('cluster_last_sync_timestamp_seconds')}))`,
					legend: '{{node}}',
				},
			],
		}),
		bars({
			title: 'What do nodes have wrong?',
			description:
				'Files of the pull configuration, over all nodes, that the runtime would ignore or refuse. The board of a node names them.',
			width: 6,
			height: 7,
			unit: 'short',
			lines: [
				{
					query: `sort_desc(${orNone(faults, chosenNodes, { fault: 'nothing' })})`,
					legend: '{{fault}}',
				},
			],
			steps: noneIsGood,
		}),
		lines({
			title: 'Do credential providers answer?',
			description:
				"The slowest last run of each of the kubelet's providers, where agents run them. The kubelet gives one a minute, the agent half of that.",
			...narrow,
			unit: 's',
			noValue: noProviders,
			lines: [
				{
					query: `max by (provider) (${chosenNodes('credential_provider_duration_seconds')})`,
					legend: '{{provider}}',
				},
			],
		}),
		lines({
			title: 'How often do they give no answer?',
			description: 'Runs of credential providers that failed: the kubelet would log it and pull without a login.',
			...narrow,
			unit: 'short',
			noValue: noProviders,
			lines: [{ query: `sum by (provider) (${over('credential_provider_failures_total')})`, legend: '{{provider}}' }],
		}),
		lines({
			title: 'When was the configuration last read?',
			description: 'Seconds since then, the ten longest ago. After a change it has to drop on all nodes.',
			...narrow,
			unit: 's',
			lines: [
				{
					query: `topk(10, time() - max by (node) (${chosenNodes('config_last_reload_timestamp_seconds')}))`,
					legend: '{{node}}',
				},
			],
		}),
	];
}
