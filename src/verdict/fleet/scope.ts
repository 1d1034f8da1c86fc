import type { Fault } from './nodeReport.ts';

/**
 * How far a fault reaches: the same words, by the same rules, as the label `scope` of the recording rules (docs/alerts.md).
 * `zone`, `source`: more than half of the nodes of a zone, or behind one egress identity, at least two, and less than half of
 * all others. `everyone`: more than half of what is left, at least two. `many`: at least five of them, and more than a
 * twentieth. `node`: each of the others by itself.
 */
export type Scope = 'everyone' | 'zone' | 'source' | 'many' | 'node';

/** One node that tried something. */
export interface Tried {
	readonly node: string;
	readonly zone?: string;
	/** The egress identity. */
	readonly source?: string;
	/** It failed. */
	readonly failed: boolean;
	/** How; absent where the agent does not say. */
	readonly fault?: Fault;
}

/** Nodes whose failures are one event. */
export interface Reach {
	readonly scope: Scope;
	/** With scope `zone`. */
	readonly zone?: string;
	/** With scope `source`; else the identity that all members have in common, if they have. */
	readonly source?: string;
	/** The nodes that fail, by name. */
	readonly members: readonly Tried[];
	/** How many nodes tried it: of the zone, behind the source, else of all. */
	readonly within: number;
}

/** One node is no zone. */
const least = 2;
const half = 0.5;
const many = { nodes: 5, share: 0.05 } as const;

/** Parts the nodes that failed into events: every one of them is in exactly one. The order of `tried` does not matter. */
export function reachesOf(tried: readonly Tried[]): readonly Reach[] {
	const all = tried.toSorted((a, b) => compare(a.node, b.node));
	const zones = apart(all, ({ zone }) => zone).map(({ name, ...reach }) => ({
		scope: 'zone' as const,
		zone: name,
		...reach,
	}));
	const inZones = new Set(zones.flatMap(({ members }) => members));
	const sources = apart(all, ({ source }) => source).flatMap(({ name, members, within }) => {
		const left = members.filter((one) => !inZones.has(one));
		return left.length === 0 ? [] : [{ scope: 'source' as const, source: name, members: left, within }];
	});
	const told = new Set([...inZones, ...sources.flatMap(({ members }) => members)]);
	const others = restOf(
		all.filter((one) => !told.has(one)),
		all.length,
	);
	return [...zones, ...sources, ...others].map(withSource);
}

interface Group {
	readonly name: string;
	readonly members: readonly Tried[];
	readonly within: number;
}

/** The groups that stand apart: most of their nodes fail, and most of the others do not. By name. */
function apart(all: readonly Tried[], nameOf: (one: Tried) => string | undefined): readonly Group[] {
	const failing = all.filter(({ failed }) => failed).length;
	return [...Map.groupBy(all, (one) => nameOf(one) ?? '')]
		.filter(([name]) => name !== '')
		.map(([name, group]) => ({ name, within: group.length, members: group.filter(({ failed }) => failed) }))
		.filter(({ members, within }) => members.length >= least && members.length > half * within)
		.filter(({ members, within }) => failing - members.length < half * (all.length - within))
		.toSorted((a, b) => compare(a.name, b.name));
}

/** What is in no zone and behind no source that stands apart. */
function restOf(rest: readonly Tried[], within: number): readonly Reach[] {
	const members = rest.filter(({ failed }) => failed);
	if (members.length >= least && members.length > half * rest.length) return [{ scope: 'everyone', members, within }];
	if (members.length >= many.nodes && members.length > many.share * rest.length)
		return [{ scope: 'many', members, within }];
	const alike = [...Map.groupBy(members, ({ fault }) => likenessOf(fault))].toSorted(([a], [b]) => compare(a, b));
	return alike.map(([, same]) => ({ scope: 'node', members: same, within }));
}

function withSource(reach: Reach): Reach {
	const sources = new Set(reach.members.map(({ source }) => source));
	const [source] = sources;
	const common = reach.members.length >= least && sources.size === 1 ? source : undefined;
	return reach.source === undefined && common !== undefined ? { ...reach, source: common } : reach;
}

/** Faults that are one and the same for people: where and why, whichever of several hosts it was. */
export function likenessOf(fault: Fault | undefined): string {
	return fault ? `${fault.role} ${fault.stage} ${fault.reason}` : '';
}

/** By code units, so that the order is the same everywhere. */
export function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
