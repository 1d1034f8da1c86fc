import { labelled, line, type Line, type Piece } from './timeline.ts';

/** A node of a scenario. */
export interface ANode {
	readonly node: string;
	readonly zone?: string;
	readonly source?: string;
	/** When the agent's process began, in seconds from the beginning of the scenario. Default: a day before it. */
	readonly started?: readonly Piece[];
	/** When the node was made. Default: a day before. */
	readonly created?: number;
	/** Whether it can be scraped. Default: always. */
	readonly up?: readonly Piece[];
}

export const registry = 'docker.io';
const host = 'registry-1.docker.io';
const dayBefore = -86_400;

/** Labels that a series of an agent has. */
export function own(node: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
	return {
		job: 'registry-probe',
		namespace: 'registry-probe',
		instance: `${node}:9917`,
		node,
		network: 'host',
		...more,
	};
}

/** A series of an agent; the name without its prefix. */
export function series(name: string, node: string, more: Readonly<Record<string, string>> = {}): string {
	return labelled(`registry_probe_${name}`, own(node, more));
}

/** What an agent tells of itself and its node, and the scrape of it. */
export function agent(one: ANode): readonly Line[] {
	const { node, zone, source, created = dayBefore, up = [[1, 1]] } = one;
	const { network: _, ...target } = own(node);
	const scraped = (name: string, value: number, more: Readonly<Record<string, string>> = {}) =>
		line(series(name, node, more), ...up.map(([is, minutes]): Piece => [is === 1 ? value : 'gone', minutes]));
	const { started = up.map(([is, minutes]): Piece => [is === 1 ? dayBefore : 'gone', minutes]) } = one;
	return [
		line(labelled('up', target), ...up),
		line(labelled('process_start_time_seconds', own(node)), ...started),
		scraped('node_created_timestamp_seconds', created),
		scraped('config_last_reload_successful', 1),
		...(zone === undefined ? [] : [scraped('node_info', 1, { zone })]),
		...(source === undefined ? [] : [scraped('egress_info', 1, { registry, source })]),
	];
}

/** What the agent tells of one registry through one host. */
export function pulls(node: string, success: readonly Piece[], name = registry): readonly Line[] {
	const during = success.map(([value, minutes]): Piece => [value === 'gone' ? value : 1, minutes]);
	return [
		line(series('target_info', node, { registry: name, host, via: 'upstream', origin: 'default' }), ...during),
		line(series('pull_success', node, { registry: name }), ...success),
		line(series('success', node, { registry: name, host }), ...success),
		line(series('last_attempt_timestamp_seconds', node, { registry: name, host }), ...during),
	];
}

/** A node on which pulls come and fail as told. */
export function nodeWith(one: ANode, success: readonly Piece[] = [[1, 1]]): readonly Line[] {
	return [...agent(one), ...pulls(one.node, success)];
}

/** Names of nodes: n1, n2 and so on. */
export function names(count: number, prefix = 'n'): readonly string[] {
	return Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);
}

/** Fine, then failing for some minutes from a minute on, then fine. */
export function broken(from: number, until: number): readonly Piece[] {
	return [
		[1, from],
		[0, until - from],
		[1, 1],
	];
}

/** A stage that fails on a node from a minute until another. */
export function failure(node: string, more: Readonly<Record<string, string>>, from: number, until: number): Line {
	const labels = { registry, host, role: 'registry', stage: 'tcp', reason: 'tcp_timeout', ...more };
	return line(series('stage_failure', node, labels), ['gone', from], [1, until - from], ['gone', 1]);
}
