import { isTaken } from '../cluster/discovery.ts';
import type { Demanded } from '../explain/diagnosis/situation.ts';
import { configuredFor, imageTargets } from '../plan/imageTargets.ts';
import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import { type Logins, probe } from '../probe/probe.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { Login } from '../registry/secret.ts';
import type { Clock } from '../schedule/clock.ts';
import { fingerprintOf } from '../schedule/fingerprint.ts';
import type { TargetState } from '../store/targetState.ts';
import { pullVerdicts } from '../verdict/pullVerdict.ts';
import { type DemandedAttempt, DemandRestraint } from './demandRestraint.ts';
import type { NodeHere } from './nodeHere.ts';
import { createSlots } from './slots.ts';

export type { Demanded } from '../explain/diagnosis/situation.ts';

export interface DemandOptions {
	/** A pull secret's, in place of what the node would show. */
	readonly login?: Login;
	/** Only the manifest's existence is asked for: nothing is sent that counts or moves bytes. */
	readonly frugal?: boolean;
	readonly signal: AbortSignal;
}

/**
 * Probes one image now, as this node's runtime would pull it, and tells what it found. Never rejects because of the
 * registry. Nothing of it enters the store: what tenants pull is no series.
 */
export type DemandProbe = (image: Reference, options: DemandOptions) => Promise<Demanded>;

/** What probes on demand are made with. */
export interface DemandParts {
	/** The node as it now is. */
	readonly here: () => Pick<NodeHere, 'config' | 'view' | 'surroundings'>;
	/** The regular probes: their pauses are obeyed. */
	readonly states: () => readonly TargetState[];
	readonly clock: Clock;
	/** How long this process stood still since a moment of the clock. */
	readonly stoodStillSince: (moment: number) => number;
}

/** Images that are probed at once. */
const most = 2;

/**
 * A function that probes images on demand, two at once. It obeys what registries ask for, leaves alone what discovery
 * would leave alone, and shows a login that was rejected no second time within the times of the schedule's pauses.
 */
export function createDemandProbe(parts: DemandParts): DemandProbe {
	const slots = createSlots(most);
	const restraint = new DemandRestraint(parts.clock, parts.states);
	return (image, options) => slots(() => demanded(image, options, parts, restraint));
}

/** Whether an image of a pod may be asked for: its registry is configured, or could be discovered. */
export function mayBeAsked({ domain }: Reference, config: NodeHere['config']): boolean {
	return configuredFor(domain, config) !== undefined || isTaken(domain, config.discovery);
}

async function demanded(
	image: Reference,
	options: DemandOptions,
	parts: DemandParts,
	restraint: DemandRestraint,
): Promise<Demanded> {
	const { config, view } = parts.here();
	const none = { observations: [], login: 'none' } as const;
	if (!mayBeAsked(image, config)) return { ...none, unasked: 'denied' };
	if (options.signal.aborted) return none;
	const { rules } = view();
	const targets = imageTargets(image, config, rules);
	const found = await Promise.all(targets.map((target) => attempt(target, options, parts, restraint)));
	if (options.signal.aborted) return none;
	const walked = targets.map((target, at) => ({ target, ...(found[at] && { latest: found[at] }) }));
	const [pull] = pullVerdicts(walked, rules.runtime);
	const node = targets.some(({ credentials }) => credentials.source === 'node');
	return {
		...(pull && { pull }),
		observations: found.filter((observation) => observation !== undefined),
		login: options.login ? 'given' : node ? 'node' : 'none',
		...(found.includes(undefined) && { unasked: 'paused' }),
	};
}

/** One attempt on one host; undefined where the host asked to be left alone. */
async function attempt(
	target: Target,
	options: DemandOptions,
	parts: DemandParts,
	restraint: DemandRestraint,
): Promise<Observation | undefined> {
	if (restraint.isHeld(target, options.login !== undefined)) return undefined;
	const logins = await loginsFor(target, options.login, parts.here().surroundings.logins);
	const about = { target, fingerprint: fingerprintOf(logins) };
	return await restraint.inTurn(about, () => attemptWith(logins, about, options, parts, restraint));
}

async function attemptWith(
	logins: Logins,
	about: DemandedAttempt,
	{ login, frugal = false, signal }: DemandOptions,
	{ here, clock, stoodStillSince }: DemandParts,
	restraint: DemandRestraint,
): Promise<Observation> {
	const { target } = about;
	const rejection = restraint.rejectionOf(about);
	// The same login is refused for this image as it was for another.
	if (rejection) return { ...rejection, image: formatReference(target.image) };
	const once = () =>
		probe(
			target,
			{ ...here().surroundings, logins: () => Promise.resolve(logins) },
			{ signal, hold: frugal ? { floor: true } : restraint.holdOf(target) },
		);
	const began = clock.monotonic();
	const first = await once();
	restraint.learn(about, first);
	// What an agent measured while it stood still says nothing about the registry.
	const standsFirm = stoodStillSince(began) === 0 || first.success || signal.aborted;
	if (standsFirm || restraint.isHeld(target, login !== undefined) || restraint.rejectionOf(about)) return first;
	const second = await once();
	restraint.learn(about, second);
	return second;
}

/** The logins of an attempt. CRI-O shows a pod's login to the image's own registry only; containerd to every host. */
async function loginsFor(
	target: Target,
	login: Login | undefined,
	usual: (target: Target) => Promise<Logins>,
): Promise<Logins> {
	if (!login) return usual(target);
	const { proxy } = await usual({ ...target, credentials: { source: 'anonymous' } });
	const shown = target.client === 'containerd' || target.via === 'upstream';
	return { ...(shown && { registry: login }), ...(proxy && { proxy }) };
}
