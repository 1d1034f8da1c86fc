import type { Fault, MirrorReport, NodeReport, PullReport, QuotaReport } from './nodeReport.ts';
import { textIn } from './reportText.ts';
import { compare } from './scope.ts';

/** One series of the agents at one time, its name in `__name__`. */
export interface Series {
	readonly labels: Readonly<Record<string, unknown>>;
	readonly value: number;
}

const names = [
	'pull_success',
	'pull_delay_seconds',
	'success',
	'stage_failure',
	'target_info',
	'ratelimit_limit',
	'ratelimit_remaining',
	'egress_info',
	'node_info',
] as const;

type Name = (typeof names)[number];

/** Selects all that `readSeries` reads, in one query. */
export const fleetSeries = `{__name__=~"registry_probe_(${names.join('|')})"}`;

/** A series whose labels were read. */
interface Read {
	readonly name: Name;
	readonly label: (name: string) => string | undefined;
	readonly value: number;
}

/**
 * What the series of all agents say of their nodes, by name. Where agents on the node's network and on that of pods are
 * scraped, the former count: that is how images are pulled.
 */
export function readSeries(series: readonly Series[]): readonly NodeReport[] {
	const read = series.flatMap(readOne);
	const onHost = read.filter(({ label }) => label('network') === 'host');
	const nodes = Map.groupBy(onHost.length > 0 ? onHost : read, ({ label }) => label('node') ?? '');
	return [...nodes]
		.filter(([node]) => node !== '')
		.toSorted(([a], [b]) => compare(a, b))
		.map(([node, own]) => reportOf(node, own));
}

function readOne({ labels, value }: Series): readonly Read[] {
	const said = textIn(labels['__name__'])?.replace(/^registry_probe_/, '');
	const name = names.find((known) => known === said);
	return name ? [{ name, value, label: (of) => textIn(labels[of]) }] : [];
}

function reportOf(node: string, own: readonly Read[]): NodeReport {
	const series = (name: Name) => own.filter((one) => one.name === name);
	const zone = series('node_info')
		.map(({ label }) => label('zone'))
		.find((text) => text !== undefined);
	const hosts = hostsOf(series('target_info'));
	const pulls = series('pull_success').flatMap(({ label, value }) => {
		const registry = label('registry');
		return registry === undefined ? [] : [pullOf(registry, value === 1, own, hosts)];
	});
	return {
		node,
		...(zone !== undefined && { zone }),
		pulls: [...Map.groupBy(pulls, ({ registry }) => registry).values()].flatMap((same) => same.slice(0, 1)),
		mirrors: mirrorsOf(hosts, own),
	};
}

interface Host {
	readonly registry: string;
	readonly host: string;
	readonly mirror: boolean;
}

function hostsOf(targets: readonly Read[]): readonly Host[] {
	return targets.flatMap(({ label }) => {
		const [registry, host] = [label('registry'), label('host')];
		return registry === undefined || host === undefined ? [] : [{ registry, host, mirror: label('via') === 'mirror' }];
	});
}

function pullOf(registry: string, success: boolean, own: readonly Read[], hosts: readonly Host[]): PullReport {
	const series = (name: Name) => own.filter((one) => one.name === name && one.label('registry') === registry);
	const fault = success ? undefined : blameOf(series('stage_failure'), hosts);
	const delaySeconds = series('pull_delay_seconds').reduce((sum, { value }) => sum + value, 0);
	const quota = quotaOf(series('ratelimit_remaining'), series('ratelimit_limit'));
	const source = series('egress_info')
		.map(({ label }) => label('source'))
		.find((text) => text !== undefined);
	return {
		registry,
		success,
		...(fault && { fault }),
		...(delaySeconds > 0 && { delaySeconds }),
		...(quota && { quota }),
		...(source !== undefined && { source }),
	};
}

/** A pull that fails has failed at every host; the registry's own is asked last, and tells most. */
function blameOf(failures: readonly Read[], hosts: readonly Host[]): Fault | undefined {
	const isMirror = (fault: Fault) => Number(hosts.some(({ host, mirror }) => mirror && host === fault.host));
	const faults = failures.flatMap(faultOf);
	return faults.toSorted((a, b) => isMirror(a) - isMirror(b) || compare(a.host, b.host))[0];
}

function faultOf({ label, value }: Read): readonly Fault[] {
	const [host, role, stage, reason] = ['host', 'role', 'stage', 'reason'].map(label);
	if (value !== 1 || host === undefined || role === undefined || stage === undefined || reason === undefined) return [];
	return [{ host, role, stage, reason }];
}

function quotaOf(remaining: readonly Read[], limits: readonly Read[]): QuotaReport | undefined {
	const [least] = remaining.toSorted((a, b) => a.value - b.value);
	if (!least) return undefined;
	const limit = limits.find(({ label }) => label('host') === least.label('host'))?.value;
	return { remaining: least.value, ...(limit !== undefined && { limit }) };
}

/** A host without `success` was not tried yet, or too long ago. */
function mirrorsOf(hosts: readonly Host[], own: readonly Read[]): readonly MirrorReport[] {
	const at = (name: Name, { registry, host }: Host) =>
		own.filter(({ name: its, label }) => its === name && label('registry') === registry && label('host') === host);
	return hosts.flatMap((one) => {
		const [tried] = at('success', one);
		const alone = hosts.filter(({ registry }) => registry === one.registry).length === 1;
		if (!one.mirror || alone || !tried) return [];
		const [fault] = at('stage_failure', one).flatMap(faultOf);
		const { registry, host } = one;
		return [{ registry, host, success: tried.value === 1, ...(fault && { fault }) }];
	});
}
