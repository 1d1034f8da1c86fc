import type { AnyPanel } from '../panels/dress.ts';
import { lines } from '../panels/lines.ts';
import { chosenRegistries, oneNode } from '../promql.ts';

const of = (metric: string) => oneNode(metric, chosenRegistries);

/** What pods of this node notice. */
export function pulls(): AnyPanel[] {
	const delays = `sum by (registry, cause) (${of('pull_delay_seconds')})`;
	const size = { width: 8, height: 8, legend: 'bottom' } as const;
	return [
		lines({
			title: 'How fast do layers come?',
			description:
				'The first bytes of a layer, from the host that serves layers. Absent where fewer than 16 KiB were read.',
			...size,
			unit: 'Bps',
			noValue: 'No layer was read: the blob stage is off, not reached, or reads less than 16 KiB.',
			lines: [{ query: `max by (registry, host) (${of('blob_bytes_per_second')})`, legend: '{{registry}} · {{host}}' }],
		}),
		lines({
			title: 'What does a pull lose before it succeeds?',
			description:
				"By the measured rules of the node's runtime: dead mirrors, addresses and nameservers cost seconds to minutes while everything looks well.",
			...size,
			unit: 's',
			stacked: true,
			lines: [
				{ query: delays, legend: '{{registry}} {{cause}}' },
				{
					query: `0 * min by (registry) (${of('pull_success')} == 1) unless on (registry) ${delays}`,
					legend: '{{registry}} nothing',
				},
			],
		}),
		lines({
			title: 'Which pods wait for an image, and why?',
			description:
				'Pods of this node whose image does not come, by cause, and by whether the probe of this agent explains it. Pulls that fail although the probe is well are `unknown`: look at the pods.',
			...size,
			unit: 'short',
			stacked: true,
			noValue: 'The agent is not told of pods: the component `discovery` gives it the right.',
			lines: [
				{
					query: `sum by (registry, cause, explained) (${of('image_pull_failing')})`,
					legend: '{{registry}} {{cause}} (explained by {{explained}})',
				},
				{
					query: `0 * min(${oneNode('cluster_last_sync_timestamp_seconds')}) unless on () ${of('image_pull_failing')}`,
					legend: 'no pod waits',
				},
			],
		}),
	];
}
