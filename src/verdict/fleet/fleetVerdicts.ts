import type { Fault, MirrorReport, NodeReport, PullReport } from './nodeReport.ts';
import { quotaVerdicts } from './quotaVerdicts.ts';
import { compare, likenessOf, type Reach, reachesOf, type Scope, type Tried } from './scope.ts';

/** One event in the cluster: what fails, how far it reaches, and for whom. */
export interface FleetVerdict {
	/** `pull`: images do not come. `mirror`: they come, but not from that host. `quota`: they come, but not for long. */
	readonly kind: 'pull' | 'mirror' | 'quota';
	readonly scope: Scope;
	/** With scope `zone`. */
	readonly zone?: string;
	/** The egress identity that all these nodes have, if they have one in common. */
	readonly source?: string;
	/** Registries; with kind `mirror` the mirrors' hosts. */
	readonly of: readonly string[];
	/** Absent with kind `quota`, and where no agent says. Where nodes fail in different ways, the way of most. */
	readonly fault?: Fault;
	/** Other ways to fail among these nodes: reasons. */
	readonly otherReasons: readonly string[];
	/** Those that fail, by name; with kind `quota` those that share the quota. */
	readonly nodes: readonly string[];
	/** How many nodes tried it: of the zone, behind the source, else of all. */
	readonly within: number;
	/** With kind `quota`: the least that a registry leaves them. */
	readonly quota?: { readonly remaining: number; readonly limit?: number };
}

const weights: Readonly<Record<FleetVerdict['kind'], number>> = { pull: 0, quota: 1, mirror: 2 };
const widths: readonly Scope[] = ['everyone', 'zone', 'source', 'many', 'node'];

/** What the nodes' reports come to, worst first. The order of the reports does not matter. */
export function fleetVerdicts(reports: readonly NodeReport[]): readonly FleetVerdict[] {
	const sorted = reports.toSorted((a, b) => compare(a.node, b.node));
	const verdicts = [...pullVerdicts(sorted), ...quotaVerdicts(sorted), ...mirrorVerdicts(sorted)];
	return merged(verdicts).toSorted(
		(a, b) =>
			weights[a.kind] - weights[b.kind] ||
			widths.indexOf(a.scope) - widths.indexOf(b.scope) ||
			b.nodes.length - a.nodes.length ||
			compare(keyOf(a), keyOf(b)),
	);
}

function pullVerdicts(reports: readonly NodeReport[]): readonly FleetVerdict[] {
	const tries = reports.flatMap((report) => report.pulls.map((pull) => ({ report, pull })));
	const registries = Map.groupBy(tries, ({ pull }) => pull.registry);
	return [...registries].flatMap(([registry, own]) => {
		const tried = own.map(({ report, pull }) => triedOf(report, pull, pull.source));
		return reachesOf(tried).map((reach) => verdictOf('pull', registry, reach));
	});
}

/** A mirror that a failing pull is blamed on was told of with the pull. */
function mirrorVerdicts(reports: readonly NodeReport[]): readonly FleetVerdict[] {
	const tries = reports.flatMap((report) =>
		mirrorsOf(report)
			.filter(({ success, registry }) => success || !isFailing(report, registry))
			.map((mirror) => ({ report, mirror })),
	);
	const hosts = Map.groupBy(tries, ({ mirror }) => mirror.host);
	return [...hosts].flatMap(([host, own]) => {
		const tried = own.map(({ report, mirror }) => triedOf(report, mirror));
		return reachesOf(tried).map((reach) => verdictOf('mirror', host, reach));
	});
}

/** One for each host: it fails where it fails for one of its registries. */
export function mirrorsOf({ mirrors }: NodeReport): readonly MirrorReport[] {
	const hosts = Map.groupBy(
		mirrors.toSorted((a, b) => compare(a.registry, b.registry)),
		({ host }) => host,
	);
	return [...hosts.values()].flatMap((own) => own.find(({ success }) => !success) ?? own.slice(0, 1));
}

function isFailing({ pulls }: NodeReport, registry: string): boolean {
	return pulls.some((pull) => pull.registry === registry && !pull.success);
}

function triedOf(
	{ node, zone }: NodeReport,
	{ success, fault }: Pick<PullReport, 'success' | 'fault'>,
	source?: string,
): Tried {
	return {
		node,
		failed: !success,
		...(zone !== undefined && { zone }),
		...(source !== undefined && { source }),
		...(fault && { fault }),
	};
}

function verdictOf(kind: 'pull' | 'mirror', of: string, reach: Reach): FleetVerdict {
	const { scope, zone, source, members, within } = reach;
	const faults = members.flatMap(({ fault }) => fault ?? []);
	const [most, ...others] = [...Map.groupBy(faults, likenessOf)]
		.toSorted(([a, one], [b, other]) => other.length - one.length || compare(a, b))
		.map(([, alike]) => alike);
	const fault = most && commonFault(most);
	const reasons = new Set(others.flatMap((alike) => alike.map(({ reason }) => reason)));
	if (fault) reasons.delete(fault.reason);
	return {
		kind,
		scope,
		...(zone !== undefined && { zone }),
		...(source !== undefined && { source }),
		of: [of],
		...(fault && { fault }),
		otherReasons: [...reasons].toSorted(compare),
		nodes: members.map(({ node }) => node),
		within,
	};
}

/** Of faults that are alike, the one with the host that is met most. */
function commonFault(alike: readonly Fault[]): Fault | undefined {
	const [most] = [...Map.groupBy(alike, ({ host }) => host)].toSorted(
		([a, one], [b, other]) => other.length - one.length || compare(a, b),
	);
	return most?.[1][0];
}

/** What befalls the same nodes in the same way is one event: a node without DNS fails for every registry. */
function merged(verdicts: readonly FleetVerdict[]): readonly FleetVerdict[] {
	return [...Map.groupBy(verdicts, keyOf).values()].flatMap((alike) => {
		const [first] = alike.toSorted((a, b) => compare(a.of[0] ?? '', b.of[0] ?? ''));
		if (!first) return [];
		const within = Math.max(...alike.map((verdict) => verdict.within));
		return { ...first, within, of: alike.flatMap(({ of }) => of).toSorted(compare) };
	});
}

function keyOf(verdict: FleetVerdict): string {
	const { kind, scope, zone, source, fault, otherReasons, nodes, of } = verdict;
	const own = kind === 'quota' ? of.join(' ') : '';
	return JSON.stringify([kind, scope, zone, source, likenessOf(fault), otherReasons, nodes, own]);
}
