import { agent, names, nodeWith, own, registry, series } from '../nodes.ts';
import { labelled, line, slope, type Line, type Piece } from '../timeline.ts';
import type { Case, Quiet } from './case.ts';

const three = names(3);
const away: readonly Piece[] = [
	[1, 20],
	[0, 40],
	[1, 1],
];
const well = three.flatMap((node) => nodeWith({ node }));
const pod = (node: string, ...is: readonly Piece[]): Line =>
	line(
		labelled('kube_pod_info', {
			namespace: 'registry-probe',
			created_by_kind: 'DaemonSet',
			created_by_name: 'registry-probe',
			pod: `registry-probe-${node}`,
			node,
		}),
		...is,
	);
const last = (node: string, ...is: readonly Piece[]): readonly Line[] => [
	line(series('last_attempt_timestamp_seconds', node, { registry: 'ghcr.io', host: 'ghcr.io' }), [0, 1]),
	line(series('success', node, { registry: 'ghcr.io', host: 'ghcr.io' }), ...is),
];
const restarts = (...starts: readonly Piece[]): readonly Line[] => [
	...agent({ node: 'n1', started: starts }),
	...names(2, 'm').flatMap((node) => nodeWith({ node })),
];

/** The alerts about the agents themselves. */
export const agentCases: readonly Case[] = [
	{
		alert: 'RegistryProbeAgentMissing',
		when: 'the agent of one node cannot be scraped',
		lines: three.flatMap((node, at) => nodeWith({ node, ...(at === 0 && { up: away }) })),
		alerts: [{ node: 'n1', instance: 'n1:9917' }],
		fires: [41, 68],
		silent: [38, 73],
	},
	{
		alert: 'RegistryProbeAgentMissing',
		when: 'the pod of a node is no target',
		lines: [...well, pod('n9', ['gone', 20], [1, 30], ['gone', 1])],
		alerts: [{ node: 'n9' }],
		fires: [35, 54],
		silent: [34, 56],
	},
	{
		alert: 'RegistryProbeAgentsMissing',
		when: 'no agent can be scraped',
		lines: three.flatMap((node) => nodeWith({ node, up: away })),
		alerts: [{}],
		fires: [30, 64],
		silent: [29, 66],
	},
	{
		alert: 'RegistryProbeAgentsMissing',
		when: 'there is no target any more',
		lines: three.flatMap((node) =>
			nodeWith({
				node,
				up: [
					[1, 20],
					['gone', 40],
					[1, 1],
				],
			}),
		),
		alerts: [{}],
		fires: [30, 64],
		silent: [29, 66],
	},
	{
		alert: 'RegistryProbeAgentStale',
		when: 'the attempts of one agent stop',
		lines: [...well, ...last('n1', [1, 20], ['gone', 30], [1, 1])],
		alerts: [{ node: 'n1' }],
		fires: [35, 54],
		silent: [34, 56],
	},
	{
		alert: 'RegistryProbeAgentRestarting',
		when: 'it restarts every ten minutes',
		lines: restarts([0, 10], [600, 10], [1200, 10], [1800, 1]),
		alerts: [{ node: 'n1' }],
		fires: [35, 80],
		silent: [34, 90],
	},
	{
		alert: 'RegistryProbeConfigurationRejected',
		when: 'two agents cannot use it',
		lines: [
			...well.filter(({ series: name }) => !name.startsWith('registry_probe_config')),
			...names(2).map((node) => line(series('config_last_reload_successful', node), [1, 20], [0, 30], [1, 1])),
		],
		alerts: [{}],
		fires: [25, 54],
		silent: [24, 56],
	},
	{
		alert: 'RegistryProbeSeriesDropped',
		when: 'scrapes leave series out for twenty minutes',
		lines: [...well, slope(series('series_dropped_total', 'n1'), 0, 5, 20, 95)],
		alerts: [{}],
		fires: [12, 60],
		silent: [10, 68],
	},
];

const ready = 'kube_node_status_condition{node="n1",condition="Ready",status="true"}';

export const agentQuiet: readonly Quiet[] = [
	{
		alert: 'RegistryProbeAgentMissing',
		when: 'every third scrape is missed',
		lines: three.flatMap((node) =>
			nodeWith({
				node,
				up: Array.from({ length: 30 }, (): readonly Piece[] => [
					[1, 2],
					[0, 1],
				]).flat(),
			}),
		),
		minutes: 80,
	},
	{
		alert: 'RegistryProbeAgentMissing',
		when: 'the node itself is not ready',
		lines: [
			...three.flatMap((node, at) => nodeWith({ node, ...(at === 0 && { up: away }) })),
			line(ready, [1, 20], [0, 60]),
		],
		minutes: 80,
	},
	{
		alert: 'RegistryProbeAgentMissing',
		when: 'the node is gone ten minutes after its agent',
		lines: [
			...well,
			...agent({
				node: 'n9',
				up: [
					[1, 20],
					[0, 10],
					['gone', 1],
				],
			}),
		],
		minutes: 80,
	},
	{
		alert: 'RegistryProbeAgentsMissing',
		when: 'one of three is missing',
		lines: three.flatMap((node, at) => nodeWith({ node, ...(at === 0 && { up: away }) })),
		minutes: 80,
	},
	{
		alert: 'RegistryProbeAgentsMissing',
		when: 'there never was one',
		lines: [line('up{job="other"}', [1, 1])],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeAgentStale',
		when: 'nothing has been tried yet',
		lines: [
			...agent({ node: 'n1' }),
			line(series('target_info', 'n1', { registry, host: 'a', via: 'upstream', origin: 'default' }), [1, 1]),
		],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeAgentRestarting',
		when: 'new pods take its place',
		lines: Array.from({ length: 5 }, (_, at) =>
			line(
				labelled('process_start_time_seconds', { ...own('n1'), pod: `p${at}` }),
				['gone', at * 10],
				[at * 600, 10],
				['gone', 1],
			),
		),
		minutes: 80,
	},
	{ alert: 'RegistryProbeConfigurationRejected', when: 'it can be used', lines: well, minutes: 60 },
	{
		alert: 'RegistryProbeSeriesDropped',
		when: 'some were left out long ago',
		lines: [...well, line(series('series_dropped_total', 'n1'), [95, 1])],
		minutes: 60,
	},
];
