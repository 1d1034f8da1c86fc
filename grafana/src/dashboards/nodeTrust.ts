import { toRunbook } from '../links.ts';
import { colors, mappings, untilEnd } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { lines } from '../panels/lines.ts';
import { table } from '../panels/table.ts';
import { chosenRegistries, oneNode } from '../promql.ts';

const of = (metric: string) => oneNode(metric, chosenRegistries);
const day = 86_400;

/** What ends, and what makes it look as if it had. */
export function trust(): AnyPanel[] {
	return [certificates(), logins(), clock(), secrets()];
}

function certificates(): AnyPanel {
	const place = 'registry, host, role';
	const ends = `min by (${place}) (${of('tls_certificate_not_after_timestamp_seconds')}) - time()`;
	const issuers = `max by (${place}, version, issuer) (${of('tls_info')})`;
	return table({
		title: 'When do certificates end, and who issued them?',
		description:
			'The first end in the verified chain; of a certificate that is refused its own. An issuer that other nodes do not see is somebody who opens TLS on the way.',
		width: 12,
		height: 7,
		noValue: 'No host was reached by TLS.',
		queries: [`(${ends}) * on (${place}) group_right () ${issuers}`],
		columns: [
			{ of: 'host', title: 'Through' },
			{ of: 'role', title: 'Role', width: 90 },
			{ of: 'issuer', title: 'Issuer' },
			{ of: 'version', title: 'Version', width: 80 },
			{ of: 0, title: 'Ends in', unit: 'dtdurations', decimals: 0, steps: untilEnd, width: 150 },
		],
		sortBy: 'Ends in',
	});
}

function logins(): AnyPanel {
	return table({
		title: 'When do logins end?',
		description:
			'Where that can be known: from a token, or from what a credential provider says. Providers renew their logins themselves.',
		width: 6,
		height: 7,
		noValue: 'No login whose end is known.',
		queries: [`min by (registry, source) (${of('credential_not_after_timestamp_seconds')}) - time()`],
		columns: [
			{ of: 'registry', title: 'Registry' },
			{ of: 'source', title: 'From' },
			{
				of: 0,
				title: 'Ends in',
				unit: 'dtdurations',
				decimals: 0,
				steps: [
					{ value: null, color: colors.bad },
					{ value: 1, color: colors.warn },
					{ value: day, color: colors.good },
				],
			},
		],
		sortBy: 'Ends in',
	});
}

function clock(): AnyPanel {
	return lines({
		title: "Is the node's clock right?",
		description:
			'What the hosts say of the time, minus the clock of the node. Where all of them agree it is the node that is wrong; certificates and tokens then look as if they had ended.',
		width: 6,
		height: 7,
		unit: 's',
		signed: true,
		lines: [{ query: `quantile by (registry) (0.5, ${of('clock_skew_seconds')})`, legend: '{{registry}}' }],
		legend: 'bottom',
	});
}

function secrets(): AnyPanel {
	return table({
		title: 'Would the pull secrets of its pods be taken?',
		description: 'Secrets of namespaces that have opted in, tried at the registry from this node.',
		width: 24,
		height: 5,
		noValue: 'No pod of a namespace that has opted in names a pull secret.',
		queries: [
			`min by (registry, namespace, secret) (${of('pull_secret_success')})`,
			`max by (registry, namespace, secret, reason) (${of('pull_secret_failure')})`,
		],
		columns: [
			{ of: 'namespace', title: 'Namespace' },
			{ of: 'secret', title: 'Secret' },
			{ of: 'registry', title: 'Registry' },
			{
				of: 0,
				title: 'Login',
				meanings: mappings('not known', [0, 'refused', colors.bad], [1, 'taken', colors.good]),
				width: 120,
			},
			{ of: 'reason', title: 'Reason', link: toRunbook() },
		],
		sortBy: 'Login',
	});
}
