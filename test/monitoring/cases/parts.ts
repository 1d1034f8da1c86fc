import { agent, broken, failure, names, nodeWith, registry, series } from '../nodes.ts';
import { always, line, type Line, type Piece } from '../timeline.ts';
import type { Case, Quiet } from './case.ts';

const host = 'registry-1.docker.io';
const three = names(3);
const fault = broken(20, 50);
const pullsOf = (success: (at: number) => readonly Piece[]): readonly Line[] =>
	three.flatMap((node, at) => nodeWith({ node }, success(at)));
const oneFails = pullsOf((at) => (at === 0 ? fault : [[1, 1]]));
const allWell = pullsOf(() => [[1, 1]]);

const manifest = (node: string) =>
	always(series('stage_success', node, { registry, host, role: 'registry', stage: 'manifest' }));
const blobFails = failure('n1', { role: 'blob', stage: 'tls', reason: 'tls_untrusted' }, 20, 50);
const tokenFails = (reason: string) => failure('n1', { role: 'token', stage: 'token', reason }, 20, 50);

const mirror = (node: string, success: readonly Piece[]): readonly Line[] => [
	always(series('target_info', node, { registry, host: 'mirror.corp', via: 'mirror', origin: 'default' })),
	line(series('success', node, { registry, host: 'mirror.corp' }), ...success),
];

const nameserver = (node: string, address: string, success: readonly Piece[], asked = registry): Line =>
	line(series('dns_nameserver_success', node, { registry: asked, nameserver: address, family: 'ipv4' }), ...success);
const aside = names(2).flatMap((node) => [nameserver(node, '10.0.0.2', [[1, 1]])]);

const ipv6 = (node: string, reachable: readonly Piece[]): readonly Line[] => {
	const labels = { registry, host, role: 'registry', family: 'ipv6' };
	const unreachable = reachable.map(([value, minutes]): Piece => [value === 0 ? 2 : 0, minutes]);
	return [
		line(series('addresses', node, { ...labels, state: 'reachable' }), ...reachable),
		line(series('addresses', node, { ...labels, state: 'unreachable' }), ...unreachable),
	];
};
const sevenSeeIpv6 = names(7).flatMap((node, at) => [
	...nodeWith({ node }),
	...ipv6(
		node,
		at === 0
			? [
					[2, 20],
					[0, 30],
					[2, 1],
				]
			: [[2, 1]],
	),
]);

const waiting = (cause: string, explained: string): Line =>
	line(series('image_pull_failing', 'n1', { registry, cause, explained }), [0, 20], [2, 30], [0, 1]);

/** The alerts about parts of a path. */
export const partCases: readonly Case[] = [
	{
		alert: 'RegistryProbeBlobHostBlocked',
		when: 'manifests come and layers do not',
		lines: [...oneFails, manifest('n1'), blobFails],
		alerts: [{ registry }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeTokenServiceFailing',
		when: 'tokens do not come',
		lines: [...oneFails, tokenFails('http_server_error')],
		alerts: [{ registry }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeMirrorDead',
		when: 'a mirror fails and pulls come',
		lines: [...allWell, ...mirror('n1', fault)],
		alerts: [{ registry, host: 'mirror.corp' }],
		fires: [35, 64],
		silent: [34, 66],
	},
	{
		alert: 'RegistryProbeNameserverDead',
		when: 'a nameserver that nodes share is silent beside one that answers',
		lines: [...allWell, ...aside, ...names(2).map((node) => nameserver(node, '10.0.0.3', fault))],
		alerts: [{ nameserver: '10.0.0.3' }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeNameserverDead',
		when: 'the caches of two nodes are silent',
		lines: [...allWell, ...aside, ...names(2).map((node) => nameserver(node, '169.254.20.10', fault))],
		alerts: [
			{ nameserver: '169.254.20.10', node: 'n1' },
			{ nameserver: '169.254.20.10', node: 'n2' },
		],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeNameserverDead',
		when: 'the only nameserver answers for none of two registries',
		lines: [...allWell, ...[registry, 'ghcr.io'].map((asked) => nameserver('n1', '10.0.0.3', fault, asked))],
		alerts: [{ nameserver: '10.0.0.3' }],
		fires: [30, 59],
		silent: [29, 61],
	},
	{
		alert: 'RegistryProbeIPv6Broken',
		when: 'IPv6 leads nowhere from one node of seven',
		lines: sevenSeeIpv6,
		alerts: [{ registry }],
		fires: [35, 64],
		silent: [34, 66],
	},
	{
		alert: 'RegistryProbeIPv6Broken',
		when: 'IPv6 leads nowhere from the only node, and costs time',
		lines: [
			...nodeWith({ node: 'n1' }),
			...ipv6('n1', [
				[2, 20],
				[0, 30],
				[2, 1],
			]),
			line(
				series('pull_delay_seconds', 'n1', { registry, cause: 'dead_address' }),
				['gone', 20],
				[0.3, 30],
				['gone', 1],
			),
		],
		alerts: [{ registry }],
		fires: [35, 64],
		silent: [34, 66],
	},
	{
		alert: 'RegistryProbePullsFailUnexplained',
		when: 'pods wait on a node where the probe is green',
		lines: [...allWell, waiting('node', 'unknown')],
		alerts: [{ registry }],
		fires: [35, 64],
		silent: [34, 66],
	},
];

export const partQuiet: readonly Quiet[] = [
	{
		alert: 'RegistryProbeBlobHostBlocked',
		when: 'layers of one host fail and pulls come by another',
		lines: [...allWell, manifest('n1'), blobFails],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeTokenServiceFailing',
		when: 'the token service refuses a login',
		lines: [...oneFails, tokenFails('auth_rejected')],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeMirrorDead',
		when: 'the pull fails as well',
		lines: [...oneFails, ...mirror('n1', fault)],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeMirrorDead',
		when: 'it is the upstream that fails',
		lines: allWell.map((one) => (one.series.startsWith('registry_probe_success') ? line(one.series, ...fault) : one)),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeNameserverDead',
		when: 'nobody knows the only name that is asked',
		lines: [...agent({ node: 'n1' }), nameserver('n1', '10.0.0.2', fault), nameserver('n1', '10.0.0.3', fault)],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeNameserverDead',
		when: 'one of two names is not known',
		lines: [...allWell, nameserver('n1', '10.0.0.3', fault), nameserver('n1', '10.0.0.3', [[1, 1]], 'ghcr.io')],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeIPv6Broken',
		when: 'no node has IPv6, and nothing is lost',
		lines: three.flatMap((node) => [...nodeWith({ node }), ...ipv6(node, [[0, 1]])]),
		minutes: 60,
	},
	{
		alert: 'RegistryProbePullsFailUnexplained',
		when: 'the image does not exist',
		lines: [...allWell, waiting('image', 'image')],
		minutes: 60,
	},
	{
		alert: 'RegistryProbePullsFailUnexplained',
		when: 'the probe fails too and explains it',
		lines: [...oneFails, waiting('node', 'probe')],
		minutes: 60,
	},
];
