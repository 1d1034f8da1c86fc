import type { PodEvent } from '../../cluster/podEvent.ts';
import type { Reason } from '../../reasons/reason.ts';
import { type Diagnosis, fromProbe } from './diagnose.ts';
import type { Findings } from './findings.ts';
import type { Sighting } from './sighting.ts';

/** A pull that has begun and not ended, as the kubelet's events tell. */
export interface Pulling {
	/** When it began, in seconds since the epoch. */
	readonly since: number;
	readonly findings: Findings;
}

/** A pull that hangs, and what makes it hang. */
export interface Culprit extends Pulling {
	readonly seen: Sighting;
}

/** Seconds for which a pull may be silent before it is looked into. */
const quiet = 15;
/** Seconds for which a pull of a healthy registry may be silent: large images take their time. */
const patience = 60;

/** What keeps a runtime waiting instead of failing. */
const hangs: ReadonlySet<Reason> = new Set<Reason>([
	'body_stalled',
	'http_timeout',
	'tcp_timeout',
	'tls_timeout',
	'tls_large_hello_blocked',
	'proxy_timeout',
	'dns_timeout',
]);

const ended: ReadonlySet<string> = new Set(['Pulled', 'Failed', 'BackOff', 'Created', 'Started']);

/** When the pull of a container's image began that has not ended, in seconds since the epoch; undefined where none is under way. */
export function pullingSince(events: readonly PodEvent[], container: string): number | undefined {
	const its = events.filter((event) => event.container === container);
	const begun = its.findLast(({ reason }) => reason === 'Pulling');
	// Times of events have whole seconds: what ended in the second of its beginning has ended.
	if (!begun || its.some(({ reason, lastAt }) => ended.has(reason) && lastAt >= begun.lastAt)) return undefined;
	return begun.lastAt / 1000;
}

/** The pulls that hang at a host which keeps the runtime waiting, the oldest first. */
export function culpritsAmong(pulls: readonly Pulling[]): readonly Culprit[] {
	return pulls
		.flatMap((pull) => {
			const seen = hangOf(pull.findings);
			return seen ? [{ ...pull, seen }] : [];
		})
		.toSorted((a, b) => a.since - b.since);
}

/**
 * The fault that keeps a pull waiting. Others would have been told by now; and what a registry says to a probe without the
 * pod's login it need not say to the pod.
 */
function hangOf({ outcome, regular }: Findings): Sighting | undefined {
	const faults = outcome ? outcome.faults : (regular?.faults ?? []);
	return faults.find(({ reason }) => hangs.has(reason));
}

/** What a silent pull comes to: a fault of its own, or somebody else's that it waits for. */
export interface Silence extends Diagnosis {
	/** The pull that this one waits for. */
	readonly culprit?: Culprit;
}

/**
 * Says why a pull is silent; undefined where it simply takes its time. What its own probe meets is its own fault; a pull
 * whose registry is healthy waits for those that hang and began before it (measured: containerd 2 has three download slots
 * for the node, and the kubelet pulls one image after the other unless told otherwise).
 */
export function diagnoseSilence(
	{ since, findings }: Pulling,
	culprits: readonly Culprit[],
	now: number,
): Silence | undefined {
	if (now - since < quiet) return undefined;
	const seen = hangOf(findings);
	if (seen) return fromProbe(seen, false, findings);
	const culprit = culprits.find((other) => other.since <= since && other.findings.stuck !== findings.stuck);
	if (!culprit || now - since < patience) return undefined;
	return {
		cause: 'kubelet',
		explained: 'unknown',
		reason: 'pull_slots_blocked',
		host: culprit.seen.host,
		standing: findings.outcome?.works === true ? 'works' : 'told',
		nodeWide: false,
		culprit,
	};
}
