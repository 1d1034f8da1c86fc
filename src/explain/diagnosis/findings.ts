import type { AnyReason } from '../../reasons/reason.ts';
import type { Reading } from '../reading.ts';
import { causes } from './causes.ts';
import type { RegistrySight } from './registries.ts';
import type { Outcome, Sighting } from './sighting.ts';
import type { Stuck } from './situation.ts';
import type { Words } from './words.ts';

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

/** The faults that the probes meet now, the newest look first. */
export function faultsOf({ outcome, regular }: Findings): readonly Sighting[] {
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
export function works(findings: Findings): boolean {
	const { outcome, words } = findings;
	return outcome !== undefined && outcome.at >= (words.at ?? 0) && faultsOf(findings).length === 0;
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

/**
 * A choice of reasons without those that the probes rule out: a registry whose challenge they can answer asks for logins in a
 * way that runtimes understand.
 */
export function narrowed(reading: Reading, { outcome, regular, stuck }: Findings): Reading {
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
