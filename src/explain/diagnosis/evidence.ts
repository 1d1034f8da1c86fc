import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';
import type { Evidence } from '../podExplanation.ts';
import type { Findings } from './findings.ts';
import { quotaOf } from './quota.ts';
import type { Pulling } from './silence.ts';
import type { Sighting } from './sighting.ts';
import type { ImageTry, Stuck } from './situation.ts';

const longest = 300;
const mostEvidence = 12;

/** All that was seen, in the order of time; first what has none. */
export function evidenceOf(findings: Findings, pulling?: Pulling): readonly Evidence[] {
	const all = [
		...kubeletSays(findings, pulling),
		...findings.stuck.tries.flatMap(triedOnDemand),
		...notTried(findings.stuck),
		...usualProbes(findings),
	];
	return all
		.map((one) => ({ ...one, text: printable(redactText(one.text), longest) }))
		.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
		.slice(0, mostEvidence);
}

function kubeletSays(
	{ words, stuck: { events, waiting } }: Findings,
	pulling: Pulling | undefined,
): readonly Evidence[] {
	if (pulling) {
		return [{ at: pulling.since, source: 'kubelet', text: `Pulling image "${waiting.image}"; nothing since` }];
	}
	const { reading, at } = words;
	const text = reading.said === '' ? `${waiting.reason}, without a word about the cause` : reading.said;
	return [...missingSecrets(events), { ...(at !== undefined && { at }), source: 'kubelet', text }];
}

/** The kubelet goes on without a pull secret that is not there. */
function missingSecrets(events: Stuck['events']): readonly Evidence[] {
	const last = events.findLast(({ reason }) => reason === 'FailedToRetrieveImagePullSecret');
	return last ? [{ at: last.lastAt / 1000, source: 'kubelet', text: last.message }] : [];
}

function triedOnDemand({ at, secret, found }: ImageTry): readonly Evidence[] {
	const how = { given: `with the secret ${secret}`, node: "with the node's login", none: 'without a login' }[
		found.login
	];
	const what = `this image ${how} from this node`;
	const { pull, observations, unasked } = found;
	if (!pull)
		return unasked === undefined ? [] : [{ at, source: 'image', text: `${what}: ${reasonsNotToAsk[unasked]}` }];
	if (pull.success) return [{ at, source: 'image', text: `${what}: ok, from ${pull.via}` }];
	const { role, stage, reason, host } = pull.blame ?? {};
	const broken = observations
		.find((one) => one.host === host)
		?.records.find((one) => one.role === role && one.stage === stage);
	const detail = broken?.outcome === 'failure' ? `: ${broken.detail}` : '';
	return [{ at, source: 'image', text: `${what}: ${stage} ${reason} at ${broken?.peer ?? host}${detail}` }];
}

const reasonsNotToAsk = {
	denied: 'not asked, the configuration leaves this registry out',
	paused: 'not asked, the registry wants to be left alone for a while',
} as const;

/** Why the pod's own logins were not tried. */
function notTried({ pod, secretsRead, unusableSecrets, seenAt }: Stuck): readonly Evidence[] {
	const named = pod.pullSecrets.join(', ');
	const unread: Evidence = {
		at: seenAt,
		source: 'configuration',
		text: `the pull secrets of the pod (${named}) are not read: its namespace is not opted in`,
	};
	const faulty = unusableSecrets.map(({ name, fault }): Evidence => ({
		at: seenAt,
		source: 'configuration',
		text: `the pull secret ${name}: ${fault}`,
	}));
	return pod.pullSecrets.length > 0 && !secretsRead ? [unread, ...faulty] : faulty;
}

function usualProbes({ regular, registries }: Findings): readonly Evidence[] {
	if (!regular) return [];
	const { registry, at, faults } = regular;
	const [first] = faults;
	const told = first ? faultText(first) : 'ok';
	const quota = quotaOf(regular);
	const others = registries.filter((one) => one !== regular);
	const bad = others.filter(({ works }) => !works).length;
	return [
		{ at, source: 'probe', text: `${registry} from this node: ${told}` },
		...(quota === undefined ? [] : [{ at, source: 'probe', text: `${registry}: ${quota}` } as const]),
		...(first && others.length > 0
			? [
					{
						at,
						source: 'probe',
						text: `other registries from this node: ${others.length - bad} ok, ${bad} not`,
					} as const,
				]
			: []),
	];
}

function faultText({ stage, reason, host, detail }: Sighting): string {
	return `${stage} ${reason} at ${host}: ${detail}`;
}
