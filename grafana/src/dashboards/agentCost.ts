import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { chosenNodes, chosenProcesses } from '../promql.ts';

/** Memory, CPU, files and requests. */
export function cost(): AnyPanel[] {
	const size = { width: 6, height: 8, legend: 'bottom', points: fewPoints } as const;
	const spread = (expression: string) => [
		{ query: `max(${expression})`, legend: 'the most' },
		{ query: `quantile(0.5, ${expression})`, legend: 'the middle' },
	];
	return [
		lines({
			title: 'How much memory do agents use?',
			description: 'Resident memory: the agent that uses the most, and the middle.',
			...size,
			unit: 'bytes',
			lines: spread(chosenProcesses('resident_memory_bytes')),
		}),
		lines({
			title: 'How much CPU do agents use?',
			description: 'The share of one CPU: the agent that uses the most, and the middle.',
			...size,
			unit: 'percentunit',
			lines: spread(`rate(${chosenProcesses('cpu_seconds_total')}[$__rate_interval])`),
		}),
		lines({
			title: 'Do agents keep files open?',
			description: 'Open file descriptors. They go up and down with attempts; what only goes up is a leak.',
			...size,
			unit: 'short',
			lines: spread(chosenProcesses('open_fds')),
		}),
		lines({
			title: 'How much do agents ask?',
			description: 'Requests of all chosen agents together, each minute, by registry.',
			...size,
			unit: 'reqpm',
			stacked: true,
			lines: [
				{
					query: `60 * sum by (registry) (rate(${chosenNodes('requests_total')}[$__rate_interval]))`,
					legend: '{{registry}}',
				},
			],
		}),
	];
}
