import type { FleetVerdict } from './fleetVerdicts.ts';
import type { NodeReport, PullReport } from './nodeReport.ts';
import { compare } from './scope.ts';

/** Under this share of the limit a quota is worth a word: the same as on the status page. */
const low = 0.2;

/** Whether a registry leaves little, or nothing, of a node's quota. */
export function isLow({ quota }: Pick<PullReport, 'quota'>): boolean {
	if (!quota) return false;
	const { remaining, limit } = quota;
	return remaining === 0 || (limit !== undefined && limit > 0 && remaining / limit < low);
}

/**
 * Who runs out of a quota: the nodes behind one identity together, those whose identity is not known as they are. Nodes that
 * the registry limits already are told of by their failing pulls.
 */
export function quotaVerdicts(reports: readonly NodeReport[]): readonly FleetVerdict[] {
	const pulls = reports.flatMap(({ node, pulls: own }) => own.map((pull) => ({ node, ...pull })));
	return [...Map.groupBy(pulls, ({ registry }) => registry)].flatMap(([registry, own]) => {
		const groups = [...Map.groupBy(own, ({ source = '' }) => source)];
		return groups.flatMap(([source, group]) => verdictOf(registry, source, group, own.length));
	});
}

function verdictOf(
	registry: string,
	source: string,
	group: readonly (PullReport & { readonly node: string })[],
	within: number,
): readonly FleetVerdict[] {
	const working = group.filter(({ success }) => success);
	const lows = working.filter(isLow);
	const left = (pull: PullReport) => pull.quota?.remaining ?? 0;
	const [least] = lows.toSorted((a, b) => left(a) - left(b) || compare(a.node, b.node));
	if (!least?.quota) return [];
	// What one node has used up is gone for all that share it.
	const nodes = source === '' ? lows : working;
	const shared = source === '' ? 'many' : 'source';
	return [
		{
			kind: 'quota',
			scope: nodes.length === 1 ? 'node' : shared,
			...(source !== '' && { source }),
			of: [registry],
			otherReasons: [],
			nodes: nodes.map(({ node }) => node).toSorted(compare),
			within,
			quota: least.quota,
		},
	];
}
