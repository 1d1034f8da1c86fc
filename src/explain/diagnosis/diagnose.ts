import type { PathStage } from '../../reasons/explanation.ts';
import type { AnyReason } from '../../reasons/reason.ts';
import type { Role } from '../place.ts';
import type { Cause, Explained } from '../podExplanation.ts';
import type { Reading } from '../reading.ts';
import { causes } from './causes.ts';
import { judge } from './proof.ts';
import type { RegistrySight } from './registries.ts';
import { isSameFault } from './sameFault.ts';
import type { Outcome, Sighting } from './sighting.ts';
import type { Stuck } from './situation.ts';
import type { Words } from './words.ts';

/** How far the probes of this node bear out a cause. */
export type Standing =
	/** They meet the same fault, and prove whose it is. */
	| 'proved'
	/** They meet the same fault; whose it is only a look from elsewhere tells. */
	| 'met'
	/** They meet a fault; what the kubelet met is not known. */
	| 'guessed'
	/** The kubelet has met one, and the way works now. */
	| 'works'
	/** The kubelet has met one, and they meet another. */
	| 'differs'
	/** Only the kubelet can know. */
	| 'told'
	/** They have not looked, or could not look as the pod does. */
	| 'unseen';

/** The cause of a container's image not coming, with all that the texts about it are made from. */
export interface Diagnosis {
	readonly cause: Cause;
	readonly explained: Explained;
	readonly reason: AnyReason | null;
	/** Where the reason stays open: those that kubelet's words could mean. */
	readonly open?: readonly AnyReason[];
	readonly role?: Role;
	readonly stage?: PathStage;
	readonly host?: string;
	readonly standing: Standing;
	readonly nodeWide: boolean;
	/** The fault that the cause rests on, or that the probes meet instead. */
	readonly seen?: Sighting;
}

/** What a container is diagnosed from. */
export interface Findings {
	readonly stuck: Stuck;
	readonly words: Words;
	/** Of the probes on demand. */
	readonly outcome?: Outcome;
	/** Of the regular probes of its registry. */
	readonly regular?: RegistrySight;
	readonly registries: readonly RegistrySight[];
}

/** Says why an image does not come that the kubelet failed to pull. */
export function diagnose(findings: Findings): Diagnosis {
	const { words, stuck } = findings;
	if (words.reading.reason === 'invalid_reference') return unreadable(stuck.reference === undefined);
	if (words.kind === 'told') return fromWords(findings);
	const [seen] = faultsOf(findings);
	if (!seen) return unknown(works(findings) ? 'works' : 'unseen');
	// Words that nobody understands could tell of another fault.
	return words.kind === 'silent' ? fromProbe(seen, findings, false) : { ...guess(seen), standing: 'guessed' };
}

/** Says why an image does not come of which the kubelet says nothing yet, from what a probe of that image meets. */
export function fromProbe(seen: Sighting, { registries, stuck }: Findings, said: boolean): Diagnosis {
	const hasSecrets = stuck.pod.pullSecrets.length > 0;
	const { cause, proved, nodeWide } = judge(seen, { registries, said, hasSecrets });
	return {
		...placeOf(seen),
		cause,
		explained: proved ? seen.by : 'unknown',
		standing: proved ? 'proved' : 'met',
		nodeWide,
		seen,
	};
}

/** The faults that the probes meet now, the newest look first. */
function faultsOf({ outcome, regular }: Findings): readonly Sighting[] {
	const found = outcome?.faults ?? [];
	const usual = (regular?.faults ?? []).filter(({ reason }) => isOfWay(reason));
	if (!outcome || !regular) return [...usual, ...found];
	if (regular.at <= outcome.at) return outcome.works ? [] : [...found, ...usual];
	// The way to the registry has opened since.
	return regular.works
		? found.filter(({ role, reason }) => role !== 'registry' || !isOfWay(reason))
		: [...usual, ...found];
}

/** The image was found to come, or what hindered it is gone, since the kubelet last failed. */
function works(findings: Findings): boolean {
	const { outcome, words } = findings;
	return outcome !== undefined && outcome.at >= (words.at ?? 0) && faultsOf(findings).length === 0;
}

/** The kubelet's words tell the fault; the probes bear it out, or do not. */
function fromWords(findings: Findings): Diagnosis {
	const reading = narrowed(findings.words.reading, findings);
	const faults = faultsOf(findings);
	const same = faults.find((seen) => isSameFault(reading, seen));
	if (same) return fromProbe(same, findings, true);
	const cause = causeOf(reading);
	const [seen] = faults;
	return {
		cause,
		explained: 'unknown',
		reason: reading.reason,
		...(reading.reason === null && { open: reading.open }),
		...(reading.role && { role: reading.role }),
		...(reading.stage && { stage: reading.stage }),
		...(reading.host !== undefined && { host: reading.host }),
		standing: standingOf(cause, reading, findings),
		nodeWide: false,
		...(seen && { seen }),
	};
}

function standingOf(cause: Cause, { reason }: Reading, findings: Findings): Standing {
	const { outcome, stuck } = findings;
	if (cause === 'kubelet') return 'told';
	if (!outcome) return 'unseen';
	// Without the pod's login nothing can be said about what the pod may see.
	const login = stuck.pod.pullSecrets.length > 0 || reason === 'auth_rejected';
	const ofWay = cause === 'node' || cause === 'registry';
	if (login && outcome.login !== 'given' && !ofWay) return 'unseen';
	if (faultsOf(findings).length > 0) return 'differs';
	return works(findings) ? 'works' : 'unseen';
}

/**
 * A choice of reasons without those that the probes rule out: a registry whose challenge they can answer asks for logins in a
 * way that runtimes understand.
 */
function narrowed(reading: Reading, { outcome, regular, stuck }: Findings): Reading {
	if (reading.reason !== null) return reading;
	const observations = [
		...(regular?.states ?? []).flatMap(({ latest }) => latest ?? []),
		...stuck.tries.flatMap(({ found }) => found.observations),
	];
	const challenged = observations
		.flatMap(({ records }) => records)
		.some(({ stage, facts }) => stage === 'challenge' && ['basic', 'bearer'].includes(String(facts?.['scheme'])));
	const tokens = outcome?.works === true || observations.some(({ records }) => records.some(isToken));
	const open = reading.open.filter(
		(reason) =>
			!(challenged && reason === 'auth_challenge_unsupported') && !(tokens && reason === 'auth_token_malformed'),
	);
	return { ...reading, open };
}

function isToken({ stage, outcome }: { readonly stage: string; readonly outcome: string }): boolean {
	return stage === 'token' && outcome === 'success';
}

/** The cause that all reasons have in common which the words fit. */
function causeOf({ reason, open }: Reading): Cause {
	const found = new Set((reason === null ? open : [reason]).map((word) => causes[word].cause));
	const [only, ...others] = found;
	return only !== undefined && others.length === 0 ? only : 'unknown';
}

/** Said of one image, and nothing about another of the same registry. */
const ofOneImage: ReadonlySet<AnyReason> = new Set<AnyReason>([
	'blob_not_found',
	'digest_mismatch',
	'http_unexpected_status',
	'redirect_refused',
]);

/** A fault of the way to a registry, or of all of it: every image meets it. */
function isOfWay(reason: AnyReason): boolean {
	const { cause } = causes[reason];
	return (cause === 'node' || cause === 'registry' || cause === 'rate_limit') && !ofOneImage.has(reason);
}

/** Our own reader refuses the name as well: it is what any probe of that image begins with. */
function unreadable(refused: boolean): Diagnosis {
	const held = refused
		? ({ explained: 'image', standing: 'proved' } as const)
		: ({ explained: 'unknown', standing: 'told' } as const);
	return { cause: 'image', reason: 'invalid_reference', nodeWide: false, ...held };
}

function guess(seen: Sighting): Omit<Diagnosis, 'standing'> {
	return { ...placeOf(seen), cause: causes[seen.reason].cause, explained: 'unknown', nodeWide: false, seen };
}

function placeOf({ reason, role, stage, host }: Sighting): Pick<Diagnosis, 'reason' | 'role' | 'stage' | 'host'> {
	return { reason, role, stage, host };
}

function unknown(standing: Standing): Diagnosis {
	return { cause: 'unknown', explained: 'unknown', reason: null, standing, nodeWide: false };
}
