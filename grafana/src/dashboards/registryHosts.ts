import { failingShare, untilEnd } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { fewPoints, lines } from '../panels/lines.ts';
import { table } from '../panels/table.ts';
import { everyNode, inZone, oneRegistry, zoned } from '../promql.ts';

const of = (metric: string, ...more: readonly string[]) => zoned(everyNode)(metric, oneRegistry, ...more);

/** Mirrors, token services, CDNs and their certificates. */
export function hosts(): AnyPanel[] {
	return [mirrors(), players(), issuers(), dead(), requests()];
}

function mirrors(): AnyPanel {
	const states = `min by (cluster, node, host) (${of('success')})`;
	const vias = `max by (cluster, node, host, via) (${of('target_info')})`;
	const by = (aggregation: string) =>
		`${aggregation} by (host, via) ((1 - ${states}) * on (cluster, node, host) group_right () ${vias})`;
	return table({
		title: 'Which mirror or upstream is dead, and for how many nodes?',
		description: 'Each host that is probed for the registry. Pulls go past a dead mirror, late.',
		width: 12,
		height: 7,
		queries: [by('avg'), by('sum'), by('count')],
		columns: [
			{ of: 'host', title: 'Host' },
			{ of: 'via', title: 'As', width: 100 },
			{ of: 0, title: 'Share that fails', unit: 'percentunit', decimals: 0, steps: failingShare, width: 120 },
			{ of: 1, title: 'Nodes that fail', width: 120 },
			{ of: 2, title: 'of', width: 70 },
		],
		sortBy: 'Share that fails',
		descending: true,
	});
}

function players(): AnyPanel {
	return table({
		title: 'Who plays which role, for how many nodes?',
		description:
			'The token service and the hosts that layers come from, as nodes were last sent to them: what a firewall has to let through.',
		width: 12,
		height: 7,
		queries: [`count by (role, peer) (group by (cluster, node, role, peer) (${of('role_host_info')}))`],
		columns: [
			{ of: 'role', title: 'Role', width: 110 },
			{ of: 'peer', title: 'Host' },
			{ of: 0, title: 'Nodes', width: 80 },
		],
		sortBy: 'Nodes',
		descending: true,
	});
}

function issuers(): AnyPanel {
	const place = 'cluster, node, host, role';
	const ends = `min by (${place}) (${of('tls_certificate_not_after_timestamp_seconds')}) - time()`;
	const seen = `max by (${place}, issuer) (${of('tls_info')})`;
	return table({
		title: 'Do all nodes see the same certificate, and when does it end?',
		description: 'Issuers by role. One that only a few nodes see is somebody who opens TLS on the way.',
		width: 12,
		height: 7,
		noValue: 'No host was reached by TLS.',
		queries: [
			`count by (role, issuer) (group by (cluster, node, role, issuer) (${seen}))`,
			`min by (role, issuer) ((${ends}) * on (${place}) group_right () ${seen})`,
		],
		columns: [
			{ of: 'role', title: 'Role', width: 100 },
			{ of: 'issuer', title: 'Issuer' },
			{ of: 0, title: 'Nodes', width: 80 },
			{ of: 1, title: 'First ends in', unit: 'dtdurations', decimals: 0, steps: untilEnd, width: 150 },
		],
		sortBy: 'Nodes',
	});
}

function dead(): AnyPanel {
	return lines({
		title: 'Are addresses dead?',
		description:
			'Addresses that took no connection, added up over all nodes. All of one family on all nodes: IPv6 (or IPv4) leads nowhere.',
		width: 6,
		height: 7,
		unit: 'short',
		stacked: true,
		legend: 'bottom',
		points: fewPoints,
		noValue: 'No address was tried: behind a proxy there is none.',
		lines: [
			{
				query: `sum by (role, family) (${of('addresses', 'state="unreachable"')})`,
				legend: '{{role}} {{family}}',
			},
		],
	});
}

function requests(): AnyPanel {
	return lines({
		title: 'How much do we ask of it?',
		description: 'Requests of all agents together, each minute.',
		width: 6,
		height: 7,
		unit: 'reqpm',
		stacked: true,
		legend: 'bottom',
		points: fewPoints,
		lines: [
			{
				query: `60 * sum by (role, method) (${inZone(`rate(${everyNode('requests_total', oneRegistry)}[$__rate_interval])`, everyNode)})`,
				legend: '{{role}} {{method}}',
			},
		],
	});
}
