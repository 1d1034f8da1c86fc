import { agent, broken, names, nodeWith, pulls, registry, series } from '../nodes.ts';
import { always, line, type Line, type Piece } from '../timeline.ts';
import type { Case, Quiet } from './case.ts';

const fault = broken(20, 50);
const three = names(3);
const zoned = names(6).map((node, at) => ({ node, zone: at < 3 ? 'a' : 'b' }));
const sourced = names(6).map((node, at) => ({ node, source: at < 3 ? '203.0.113.7' : '203.0.113.8' }));
const many = names(40);
/** Seven minutes of which three are bad, again and again. */
const flapping: readonly Piece[] = Array.from({ length: 20 }, (): readonly Piece[] => [
	[1, 4],
	[0, 3],
]).flat();

/** A minute of one, then three of the other, again and again. */
const rarely = (one: Piece[0], other: Piece[0]): readonly Piece[] =>
	Array.from({ length: 16 }, (): readonly Piece[] => [
		[one, 1],
		[other, 3],
	]).flat();

const discovered = (node: string): readonly Line[] => [
	...agent({ node }),
	line(series('pull_success', node, { registry: 'typo.example' }), ...fault),
	always(
		series('target_info', node, {
			registry: 'typo.example',
			host: 'typo.example',
			via: 'upstream',
			origin: 'discovered',
		}),
	),
];

/** What the agent on the network of pods tells of the same node. */
const onPodNetwork = (node: string, success: readonly Piece[]): readonly Line[] =>
	pulls(node, success).map(({ series: own, values }) => ({
		series: own.replace('network="host"', 'network="pod"').replace('"registry-probe",', '"registry-probe-pods",'),
		values,
	}));

/** The alerts about who cannot pull from where. */
export const pathCases: readonly Case[] = [
	{
		alert: 'RegistryProbeUnreachableEverywhere',
		when: 'all nodes fail',
		lines: three.flatMap((node) => nodeWith({ node }, fault)),
		alerts: [{ registry }],
		fires: [25, 59],
		silent: [24, 61],
	},
	{
		alert: 'RegistryProbeUnreachableFromZone',
		when: 'two of three nodes of one zone fail',
		lines: zoned.flatMap((one, at) => nodeWith(one, at < 2 ? fault : [[1, 1]])),
		alerts: [{ registry, zone: 'a' }],
		fires: [27, 59],
		silent: [26, 61],
	},
	{
		alert: 'RegistryProbeUnreachableFromSource',
		when: 'two of three nodes behind one address fail',
		lines: sourced.flatMap((one, at) => nodeWith(one, at < 2 ? fault : [[1, 1]])),
		alerts: [{ registry, source: '203.0.113.7' }],
		fires: [27, 59],
		silent: [26, 61],
	},
	{
		alert: 'RegistryProbeUnreachableFromManyNodes',
		when: 'six of forty nodes fail',
		lines: many.flatMap((node, at) => nodeWith({ node }, at % 7 === 0 ? fault : [[1, 1]])),
		alerts: [{ registry }],
		fires: [31, 59],
		silent: [30, 61],
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'one of six nodes fails',
		lines: zoned.flatMap((one, at) => nodeWith(one, at === 0 ? fault : [[1, 1]])),
		alerts: [{ registry, node: 'n1', zone: 'a' }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'pulls fail on the network of the node, and not on that of its pods',
		lines: [
			...three.flatMap((node, at) => nodeWith({ node }, at === 0 ? fault : [[1, 1]])),
			...onPodNetwork('n1', [[1, 1]]),
		],
		alerts: [{ registry, node: 'n1' }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeUnsteady',
		when: 'pulls of one node fail for three minutes of seven',
		lines: three.flatMap((node, at) => nodeWith({ node }, at === 0 ? [...flapping, [1, 1]] : [[1, 1]])),
		alerts: [{ registry }],
		fires: [35, 190],
		silent: [20, 240],
	},
];

export const pathQuiet: readonly Quiet[] = [
	{
		alert: 'RegistryProbeUnreachableEverywhere',
		when: 'one of three nodes fails',
		lines: three.flatMap((node, at) => nodeWith({ node }, at === 0 ? fault : [[1, 1]])),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromZone',
		when: 'one node of a zone fails',
		lines: zoned.flatMap((one, at) => nodeWith(one, at === 0 ? fault : [[1, 1]])),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromSource',
		when: 'the nodes behind every address fail',
		lines: sourced.flatMap((one) => nodeWith(one, fault)),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromManyNodes',
		when: 'four of forty nodes fail',
		lines: many.flatMap((node, at) => nodeWith({ node }, at % 10 === 0 ? fault : [[1, 1]])),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'a node fails for nine minutes',
		lines: three.flatMap((node, at) => nodeWith({ node }, at === 0 ? broken(20, 29) : [[1, 1]])),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'the registry is one that only pods name',
		lines: [...discovered('n1'), ...discovered('n2').filter((one) => !one.series.includes('pull_success'))],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'only the agent on the network of pods fails',
		lines: [...three.flatMap((node) => nodeWith({ node })), ...onPodNetwork('n1', fault)],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'Kubernetes says that the node is not ready',
		lines: [
			...three.flatMap((node, at) => nodeWith({ node }, at === 0 ? fault : [[1, 1]])),
			line('kube_node_status_condition{node="n1",condition="Ready",status="true"}', [1, 20], [0, 40]),
		],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'the node is cordoned',
		lines: [
			...three.flatMap((node, at) => nodeWith({ node }, at === 0 ? fault : [[1, 1]])),
			always('kube_node_spec_unschedulable{node="n1"}'),
		],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'pulls fail for the first 14 minutes of an agent',
		lines: three.flatMap((node, at) =>
			nodeWith({ node, ...(at === 0 && { started: [[1200, 1]] }) }, at === 0 ? broken(20, 34) : [[1, 1]]),
		),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'pulls fail for the first 18 minutes of a node',
		lines: three.flatMap((node, at) =>
			nodeWith(
				{ node, ...(at === 0 && { created: 1200, started: [[1200, 1]] }) },
				at === 0 ? broken(20, 38) : [[1, 1]],
			),
		),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableFromNode',
		when: 'three scrapes of four are missed',
		lines: [
			...agent({ node: 'n1', up: rarely(1, 0) }),
			...pulls('n1', rarely(0, 'gone')),
			...names(3, 'm').flatMap((node) => nodeWith({ node })),
		],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnreachableEverywhere',
		when: 'two of three nodes fail for three minutes and are gone',
		lines: three.flatMap((node, at) =>
			at === 0
				? nodeWith({ node })
				: [
						...agent({
							node,
							up: [
								[1, 23],
								['gone', 1],
							],
						}),
						...pulls(node, [
							[1, 20],
							[0, 3],
							['gone', 1],
						]),
					],
		),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeUnsteady',
		when: 'one attempt of fifteen fails',
		lines: nodeWith(
			{ node: 'n1' },
			Array.from({ length: 8 }, (): readonly Piece[] => [
				[1, 14],
				[0, 1],
			]).flat(),
		),
		minutes: 120,
	},
];
