import type { ContainerdFacts, CriSettings } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import type { Reference } from '../../registry/reference.ts';
import type { Route, Runtime } from '../pullHost.ts';
import { type Candidates, ownHost } from './candidate.ts';
import { certificateProblem } from './certificateFaults.ts';
import { type Directories, directoriesOf, directoryFor } from './directories.ts';
import { candidatesOf } from './hostsFile.ts';
import { legacyCandidates } from './legacyHosts.ts';
import { type Made, makePullHost, resolves } from './pullHosts.ts';
import { type EffectiveSettings, effectiveSettings } from './settings.ts';

/**
 * Where containerd of this version looks for an image, by what the node says: the hosts in its order, why it would
 * refuse, and what it ignores. Faults are those that concern this image; `containerdFaults` gives those of the whole
 * node.
 */
export function containerdRoute(facts: ContainerdFacts, reference: Reference, runtime: Runtime): Route {
	const effective = effectiveSettings(facts, runtime.version);
	const directories = directoriesOf(facts, effective.settings, runtime);
	const found = candidatesFor(facts, reference.domain, effective, directories, runtime);
	const asked = { reference, headers: effective.settings?.headers ?? [], rewrites: facts.rewrites };
	const made = found.candidates.map((candidate) => makePullHost(candidate, asked));
	const hosts = made.flatMap(({ host }) => host ?? []);
	const refused = effective.refused ?? found.refused ?? refusal(found, reference);
	const faults = [...effective.faults, ...faultsOfPath(effective, directories), ...found.faults, ...faultsOf(made)];
	return { hosts, ...(refused === undefined ? {} : { refused }), faults };
}

/** What is wrong with all that the node says to containerd, whatever image is asked for. */
export function containerdFaults(facts: ContainerdFacts, runtime: Runtime): readonly NodeFault[] {
	const { version } = runtime;
	const effective = effectiveSettings(facts, version);
	const { settings } = effective;
	const directories = directoriesOf(facts, settings, runtime);
	const found = everyCandidate(facts, settings, directories, version);
	const asked = { reference: anyImage, headers: settings?.headers ?? [], rewrites: facts.rewrites };
	const made = found.flatMap(({ candidates }) => candidates.map((candidate) => makePullHost(candidate, asked)));
	const ofHosts = [...found.flatMap((each) => each.faults), ...faultsOf(made)];
	const all = [...facts.faults, ...effective.faults, ...faultsOfPath(effective, directories), ...ofHosts];
	return [...new Map(all.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** Where containerd refuses its settings, it comes to no directory. */
function faultsOfPath({ refused }: EffectiveSettings, { faults }: Directories): readonly NodeFault[] {
	return refused === undefined ? faults : [];
}

const anyImage: Reference = { domain: 'registry.invalid', repository: 'image', tag: 'latest' };

function everyCandidate(
	facts: ContainerdFacts,
	settings: CriSettings | undefined,
	{ roots, localPull }: Directories,
	version: string,
): Candidates[] {
	if (roots) {
		const registries = roots.flatMap((root) => [...(facts.registryRoots.get(root)?.directories.values() ?? [])]);
		return registries.map((directory) => candidatesOf(directory, version));
	}
	const names = localPull ? [...(settings?.mirrors.keys() ?? [])] : [];
	return names.map((name) => legacyCandidates(settings, name === '*' ? anyImage.domain : name, version));
}

function candidatesFor(
	facts: ContainerdFacts,
	domain: string,
	{ settings }: EffectiveSettings,
	{ roots, localPull }: Directories,
	{ version }: Runtime,
): Candidates {
	if (!roots && localPull) return legacyCandidates(settings, domain, version);
	const directory = roots && directoryFor(facts, roots, domain);
	if (directory) return candidatesOf(directory, version);
	return { candidates: [ownHost(version)], faults: [] };
}

/** What makes containerd give up before it asks anyone. */
function refusal({ candidates }: Candidates, { digest }: Reference): string | undefined {
	const problem = candidates.map(certificateProblem).find((each) => each !== undefined);
	if (problem !== undefined) return `${problem}: containerd gives up before it asks any host.`;
	if (!candidates.some(({ capabilities }) => resolves(capabilities, digest !== undefined))) {
		return 'No host may be asked which manifest this is ("no resolve hosts"): containerd gives up.';
	}
	return undefined;
}

function faultsOf(made: readonly Made[]): NodeFault[] {
	return made.flatMap(({ faults }) => faults);
}
