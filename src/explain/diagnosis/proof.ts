import type { PathStage } from '../../reasons/explanation.ts';
import type { Cause } from '../podExplanation.ts';
import type { CauseRule } from './causeRule.ts';
import { causes } from './causes.ts';
import { independentPlaces } from './places.ts';
import type { RegistrySight } from './registries.ts';
import type { Sighting } from './sighting.ts';

/** What a fault is weighed by. */
export interface Circumstances {
	/** All that this node probes. */
	readonly registries: readonly RegistrySight[];
	/** The kubelet's words tell of the same fault. */
	readonly said: boolean;
	/** The pod has pull secrets, whether or not they were shown. */
	readonly hasSecrets: boolean;
}

/** Whose fault it is. */
export interface Judgement {
	readonly cause: Cause;
	/** Whether what this node has seen proves it; else it is the likeliest. */
	readonly proved: boolean;
	/** It is this node's way out to everybody. */
	readonly nodeWide: boolean;
}

/** Seconds by which a clock may be wrong without any certificate being judged otherwise in practice. */
const clockTolerance = 300;

/** Judges a fault that a probe of this node meets. */
export function judge(seen: Sighting, circumstances: Circumstances): Judgement {
	const rule: CauseRule = causes[seen.reason];
	if (rule.spreads && isEverywhere(seen, circumstances.registries)) {
		return { cause: 'node', proved: true, nodeWide: true };
	}
	const here = rule.at?.includes(seen.stage) ?? true;
	return {
		cause: rule.cause,
		proved: here && !seen.throughPlainProxy && isProved(rule, seen, circumstances),
		nodeWide: false,
	};
}

function isProved({ proof, cause }: CauseRule, seen: Sighting, circumstances: Circumstances): boolean {
	switch (proof) {
		case 'alone':
			return true;
		case 'others':
			return false;
		case 'clock':
			return isClockRight(circumstances.registries);
		case 'words':
			// Who may see an image, and how often, depends on the login: without the pod's own, only words can confirm it.
			return circumstances.said || isAsPod(seen, circumstances) || (cause === 'image' && !circumstances.hasSecrets);
		default:
			return proof satisfies never;
	}
}

/** The login was the pod's, or what the node shows for pods that have none. */
function isAsPod({ login }: Sighting, { hasSecrets }: Circumstances): boolean {
	return login === 'given' || (login === 'node' && !hasSecrets);
}

/** Independent registries that hardly fail together; of the way to the nameserver, which is the node's own, fewer tell. */
const fewest = 3;
const fewestOfNames = 2;
/** Answers about a name: names that pods alone give may be mistyped. */
const ofName: ReadonlySet<Sighting['reason']> = new Set<Sighting['reason']>(['dns_name_not_found', 'dns_no_address']);

/**
 * Whether no registry can be reached, in the same way, and they are independent: then it is this node's way out, be that
 * its own fault or that of what lies between.
 */
function isEverywhere(seen: Sighting, registries: readonly RegistrySight[]): boolean {
	const faults = registries.flatMap(({ faults: [first] }) => first ?? []);
	if (faults.length < registries.length || !faults.every(({ reason, stage }) => isAlike(seen, reason, stage)))
		return false;
	const telling = ofName.has(seen.reason) ? registries.filter(isConfigured) : registries;
	const own = seen.stage === 'dns' && causes[seen.reason].cause === 'node';
	return independentPlaces(telling) >= (own ? fewestOfNames : fewest);
}

function isConfigured({ states }: RegistrySight): boolean {
	return states.some(({ target }) => target.origin !== 'discovered');
}

function isAlike(seen: Sighting, reason: Sighting['reason'], stage: PathStage): boolean {
	const rule: CauseRule = causes[reason];
	return (
		reason === seen.reason ||
		(rule.spreads === true && stage === seen.stage && rule.cause === causes[seen.reason].cause)
	);
}

/** Whether servers say the same time as the clock of this node, and none another. */
function isClockRight(registries: readonly RegistrySight[]): boolean {
	const skews = registries
		.flatMap(({ states }) => states)
		.flatMap(({ latest }) => latest?.records ?? [])
		.flatMap(({ facts }) => (typeof facts?.['clockSkewSeconds'] === 'number' ? [facts['clockSkewSeconds']] : []));
	return skews.length > 0 && skews.every((skew) => Math.abs(skew) <= clockTolerance);
}
