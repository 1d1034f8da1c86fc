import type { Fleet } from '../../verdict/fleet/fleet.ts';
import type { FleetVerdict } from '../../verdict/fleet/fleetVerdicts.ts';
import type { Fault } from '../../verdict/fleet/nodeReport.ts';
import { count, grouped } from './quantities.ts';

/** Names that a sentence has room for. */
const named = 6;

/** `a, b and c`; of many the first, and how many more. */
export function listedNames(names: readonly string[], most = named): string {
	if (names.length > most) return `${names.slice(0, most).join(', ')} and ${grouped(names.length - most)} more`;
	const last = names.at(-1) ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `token tcp_timeout at auth.docker.io`; the registry's own role goes without saying. */
export function faultText(fault: Fault | undefined): string {
	if (!fault) return 'for a reason that no agent gives';
	return `${shortFault(fault)} at ${fault.host}`;
}

/** `token tcp_timeout`. */
export function shortFault({ role, reason }: Fault): string {
	return role === 'registry' ? reason : `${role} ${reason}`;
}

/** Of many registries their number says more than their names. */
function registryNames(names: readonly string[], most: number): string {
	if (names.length <= most) return listedNames(names);
	return `${count(names.length, 'registry', 'registries')}, ${listedNames(names.slice(0, 2))} among them`;
}

/** The answer in one sentence. */
export function fleetAnswer({ reports, verdicts, silent }: Fleet): string {
	const pulls = verdicts.filter(({ kind }) => kind === 'pull');
	const nodes = new Set(pulls.flatMap((verdict) => verdict.nodes));
	const registries = new Set(pulls.flatMap(({ of }) => of));
	const others = silent.length === 0 ? '' : `; ${count(silent.length, 'agent')} did not answer`;
	if (reports.length === 0) return `No agent answered${others === '' ? '' : `: ${grouped(silent.length)} were asked`}.`;
	if (reports.every((report) => report.pulls.length === 0)) return `No node has tried a registry yet${others}.`;
	if (nodes.size === 0) return `${allNodes(reports.length)} can pull from every registry that is probed${others}.`;
	const from = registryNames([...registries].toSorted(), 3);
	return `${grouped(nodes.size)} of ${count(reports.length, 'node')} cannot pull from ${from}${others}.`;
}

function allNodes(number: number): string {
	return number === 1 ? 'The one node that answered' : `All ${grouped(number)} nodes that answered`;
}

/** What one verdict says, under its label. */
export function verdictSentence(verdict: FleetVerdict): { readonly label: string; readonly text: string } {
	const { kind } = verdict;
	if (kind === 'quota') return { label: 'Quota', text: quotaText(verdict) };
	const text = kind === 'mirror' ? `${reachText(verdict)} Pulls go on without it.` : reachText(verdict);
	return { label: kind === 'mirror' ? 'Mirror' : labels[verdict.scope], text };
}

const labels: Readonly<Record<FleetVerdict['scope'], string>> = {
	everyone: 'All nodes',
	zone: 'Zone',
	source: 'Address',
	many: 'Many',
	node: 'Node',
};

function reachText(verdict: FleetVerdict): string {
	const { scope, nodes, within, zone = '', source } = verdict;
	const what = whatText(verdict);
	const same = source === undefined || scope === 'source' ? '' : ` They share the address ${source}.`;
	const none = nodes.length === within ? `none of ${count(within, 'node')} can` : undefined;
	const some = none ?? `${grouped(nodes.length)} of ${count(within, 'node')} cannot`;
	switch (scope) {
		case 'everyone':
			return `${begun(some)} ${what}.${same || ' It is the other side, or something that all nodes share.'}`;
		case 'zone':
			return `${zone}: ${some} ${what}. Most nodes elsewhere can.${same}`;
		case 'source':
			return `${source ?? ''}: ${some} ${what}. Most nodes elsewhere can.`;
		case 'many':
			return `${begun(some)} ${what}: ${listedNames(nodes)}. They are no zone and no address.${same}`;
		case 'node':
			return within === 1
				? `${nodes[0] ?? ''} cannot ${what}. No other node tries it.`
				: `${aloneText(nodes, within)} cannot ${what}.`;
	}
}

function aloneText(nodes: readonly string[], within: number): string {
	return `${listedNames(nodes)}, ${grouped(nodes.length)} of ${count(within, 'node')},`;
}

function begun(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function whatText({ kind, of, fault, otherReasons }: FleetVerdict): string {
	const what = kind === 'mirror' ? `use the mirror ${listedNames(of)}` : `pull from ${registryNames(of, named)}`;
	const also = otherReasons.length === 0 ? '' : `, some ${listedNames(otherReasons, 3)}`;
	// Of several registries each has a host of its own.
	const how = fault && of.length > 1 ? shortFault(fault) : faultText(fault);
	return `${what}: ${how}${also}`;
}

function quotaText({ nodes, source, of, quota }: FleetVerdict): string {
	const left = quota?.limit === undefined ? `${quota?.remaining ?? 0}` : `${quota.remaining} of ${quota.limit}`;
	const registry = listedNames(of);
	if (source === undefined) return `${registry} leaves ${left} pulls to ${listedNames(nodes)}.`;
	const who = nodes.length === 1 ? `It is that of ${nodes[0] ?? ''}.` : `${count(nodes.length, 'node')} share it.`;
	return `${registry} leaves ${left} pulls to the address ${source}. ${who}`;
}
