import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';
import type { PodExplanation } from '../podExplanation.ts';
import { diagnose } from './diagnose.ts';
import { evidenceOf } from './evidence.ts';
import type { Findings } from './findings.ts';
import { type RegistrySight, registriesIn, registryOf } from './registries.ts';
import { remedyOf } from './remedy.ts';
import { outcomeOf, sightingsOf } from './sighting.ts';
import { culpritsAmong, diagnoseSilence, type Pulling, pullingSince, type Silence } from './silence.ts';
import type { ImageTry, NodeSight, Stuck } from './situation.ts';
import { summaryOf } from './summary.ts';
import { quietStates, wordsOf } from './words.ts';

/**
 * Why the images of these containers do not come: one explanation for each, except for those that simply take their time.
 * Worst first: those that the kubelet failed to pull before those that it waits for, of equal ones the oldest. Pure.
 */
export function explainStuck(stuck: readonly Stuck[], sight: NodeSight): readonly PodExplanation[] {
	const registries = registriesIn(sight);
	const all = stuck.map((one) => findingsOf(one, registries));
	const pulls = all.flatMap((findings) => pullingOf(findings) ?? []);
	const culprits = culpritsAmong(pulls);
	const now = sight.now / 1000;
	const explained = all.flatMap((findings) => {
		const quiet = quietStates.has(findings.stuck.waiting.reason);
		if (!quiet) return [explanationOf(diagnose(findings), findings)];
		const pulling = pulls.find((pull) => pull.findings === findings);
		const silence = pulling && diagnoseSilence(pulling, culprits, now);
		return silence ? [explanationOf(silence, findings, pulling)] : [];
	});
	return explained.toSorted((a, b) => rank(a) - rank(b) || (a.since ?? now) - (b.since ?? now));
}

function rank({ state }: PodExplanation): number {
	return quietStates.has(state) ? 1 : 0;
}

function findingsOf(stuck: Stuck, registries: readonly RegistrySight[]): Findings {
	const events = stuck.events.filter(
		({ container = stuck.waiting.container }) => container === stuck.waiting.container,
	);
	const outcome = outcomeOf(stuck.tries);
	const regular = registryOf(stuck.reference, registries);
	return {
		stuck: { ...stuck, events },
		words: stuck.words ?? wordsOf(stuck.waiting, events),
		...(outcome && { outcome }),
		...(regular && { regular }),
		registries,
	};
}

function pullingOf(findings: Findings): Pulling | undefined {
	const { events, waiting } = findings.stuck;
	const since = pullingSince(events, waiting.container);
	return since === undefined ? undefined : { since, findings };
}

function explanationOf(diagnosis: Silence, findings: Findings, pulling?: Pulling): PodExplanation {
	const { stuck } = findings;
	const { pod, waiting, reference } = stuck;
	const { cause, explained, reason, role, stage, host } = diagnosis;
	const tries = stuck.events.findLast((event) => event.reason === 'Pulling')?.count;
	const secrets = secretsOf(stuck);
	const since = pulling?.since ?? failingSince(stuck);
	return {
		namespace: pod.namespace,
		pod: pod.name,
		uid: pod.uid,
		container: waiting.container,
		image: printable(redactText(waiting.image), 300),
		...(reference && { registry: reference.domain }),
		state: printable(waiting.reason),
		since,
		...(tries !== undefined && { tries }),
		cause,
		explained,
		reason,
		...(role && { role }),
		...(stage && { stage }),
		...(host !== undefined && { host }),
		summary: summaryOf(diagnosis, stuck),
		evidence: evidenceOf(findings, pulling),
		changed: changesOf(stuck, since, pulling !== undefined),
		remedy: remedyOf(diagnosis, stuck),
		...(secrets.length > 0 && { pullSecrets: secrets }),
	};
}

/** When the kubelet first said so, or it was first seen, in seconds since the epoch. */
function failingSince({ events, seenAt }: Stuck): number {
	const said = events.filter(({ reason }) => reason === 'Failed' || reason === 'InspectFailed');
	return Math.min(seenAt, ...said.map(({ firstAt }) => firstAt / 1000));
}

/** Seconds before the first failure from which on changes may have to do with it. */
const longBefore = 86_400;
const mostChanges = 10;

function changesOf({ changed }: Stuck, since: number, hangs: boolean): PodExplanation['changed'] {
	const near = changed.filter(({ at }) => at >= since - longBefore);
	const all = [
		...near,
		{ at: since, text: hangs ? 'the pull began that hangs' : 'the pull failed for the first time' },
	];
	return all.toSorted((a, b) => a.at - b.at).slice(-mostChanges);
}

type TriedSecret = NonNullable<PodExplanation['pullSecrets']>[number];

function secretsOf({ tries, unusableSecrets }: Stuck): readonly TriedSecret[] {
	const tried = tries.flatMap((one) => triedSecret(one) ?? []);
	const unusable = unusableSecrets.map(({ name }) => ({ name, success: false }));
	return [...new Map([...unusable, ...tried].map((secret) => [secret.name, secret])).values()];
}

function triedSecret({ secret: name, found: { pull, observations, login } }: ImageTry): TriedSecret | undefined {
	if (name === undefined || !pull) return undefined;
	const [fault] = sightingsOf(pull, observations, { by: 'image', login, secret: name });
	return { name, success: pull.success, ...(fault && { reason: fault.reason }) };
}
