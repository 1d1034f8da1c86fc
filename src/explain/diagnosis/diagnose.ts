import type { PathStage } from '../../reasons/explanation.ts';
import type { AnyReason } from '../../reasons/reason.ts';
import type { Role } from '../place.ts';
import type { Cause, Explained } from '../podExplanation.ts';
import type { Reading } from '../reading.ts';
import { causes } from './causes.ts';
import { type Findings, faultsOf, narrowed, works } from './findings.ts';
import { judge } from './proof.ts';
import { isSameFault } from './sameFault.ts';
import type { Sighting } from './sighting.ts';

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

/** Says why an image does not come that the kubelet failed to pull. */
export function diagnose(findings: Findings): Diagnosis {
	const { words, stuck } = findings;
	if (words.reading.reason === 'invalid_reference') return unreadable(stuck.reference === undefined);
	if (words.kind === 'told') return fromWords(findings);
	const [seen] = faultsOf(findings);
	if (!seen) return unknown(works(findings) ? 'works' : 'unseen');
	// Words that nobody understands could tell of another fault.
	return words.kind === 'silent' ? fromProbe(seen, false, findings) : { ...guess(seen), standing: 'guessed' };
}

/** Says why an image does not come from what a probe meets; `said`: the kubelet's words tell of the very same. */
export function fromProbe(seen: Sighting, said: boolean, { registries, stuck }: Findings): Diagnosis {
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

/** The kubelet's words tell the fault; the probes bear it out, or do not. */
function fromWords(findings: Findings): Diagnosis {
	const reading = narrowed(findings.words.reading, findings);
	const faults = faultsOf(findings);
	const same = faults.find((seen) => isSameFault(reading, seen));
	if (same) return fromProbe(...blamedWith(same, faults), findings);
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

/**
 * The fault to be blamed in the look that has shown what the kubelet names. Older runtimes name the first host that failed, a
 * mirror; the image would have come all the same, had the last one given it.
 */
function blamedWith(same: Sighting, faults: readonly Sighting[]): readonly [seen: Sighting, said: boolean] {
	const blamed = faults.find(({ by }) => by === same.by) ?? same;
	return [blamed, blamed === same];
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

/** The cause that all reasons have in common which the words fit. */
function causeOf({ reason, open }: Reading): Cause {
	const found = new Set((reason === null ? open : [reason]).map((word) => causes[word].cause));
	const [only, ...others] = found;
	return only !== undefined && others.length === 0 ? only : 'unknown';
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
