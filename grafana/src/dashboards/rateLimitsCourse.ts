import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { chosenRegistries, everyNode } from '../promql.ts';
import { quota } from '../quota.ts';

const { share, left, pace } = quota(everyNode, chosenRegistries);
const noQuota = 'No registry tells a quota.';

/** What is left over time, and what comes if it goes on. */
export function course(): AnyPanel[] {
	const size = { width: 8, height: 9, legend: 'bottom', noValue: noQuota, points: fewPoints } as const;
	const requests = everyNode('requests_total', chosenRegistries);
	return [
		lines({
			title: 'How much is left?',
			description: 'The share of each quota that is left, as the nodes behind it last heard.',
			...size,
			unit: 'percentunit',
			max: 1,
			lines: [{ query: share, legend: '{{registry}} {{source}}' }],
		}),
		lines({
			title: 'How fast is it used up?',
			description:
				'Requests that are counted, each hour, by everybody behind the same identity; over the last half hour. Below 0: it is given back.',
			...size,
			unit: 'short',
			signed: true,
			lines: [{ query: `-3600 * (${pace} and ${left})`, legend: '{{registry}} {{source}}' }],
		}),
		lines({
			title: 'How much of that are we?',
			description:
				'Requests of all agents, each hour. A HEAD of a manifest and a part of a layer do not count as a pull; a GET of a manifest does, and is never sent to Docker Hub.',
			...size,
			noValue: 'No request was sent.',
			unit: 'short',
			stacked: true,
			lines: [
				{
					query: `3600 * sum by (registry, role, method) (rate(${requests}[$__rate_interval]))`,
					legend: '{{registry}} {{role}} {{method}}',
				},
			],
		}),
	];
}
