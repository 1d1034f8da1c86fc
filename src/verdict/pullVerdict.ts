import type { Runtime } from '../plan/pullHost.ts';
import type { Observation, Role, StageName } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';
import { type DelayCause, delaysOf } from './delay.ts';
import { endsPull } from './ending.ts';
import { type Manner, mannerOf } from './manner.ts';
import { failureOf, gives, givesManifest, type Tried, type Walked } from './walked.ts';

export type { Walked } from './walked.ts';
export type { DelayCause } from './delay.ts';

/** The host, role, stage and reason that a failing pull is to be blamed on. */
export interface Blame {
	readonly host: string;
	readonly role: Role;
	readonly stage: StageName;
	readonly reason: Reason;
}

/** Whether a pull of one registry's image by this node's runtime would succeed: an entry of the document's `pulls`. */
export interface PullVerdict {
	readonly registry: string;
	/** The canonical image reference. */
	readonly image: string;
	readonly success: boolean;
	/** Seconds that a pull would lose before it succeeds, by cause; only with success, and without causes that cost nothing. */
	readonly delays?: Readonly<Partial<Record<DelayCause, number>>>;
	/** The host that the image would come from; only with success. */
	readonly via?: string;
	/** Only without success. */
	readonly blame?: Blame;
}

/**
 * One verdict for each registry, from its targets in the order in which the runtime would ask them. A host that was not
 * tried yet is passed over; as long as one is missing, nothing is called failed, and a registry about which nothing can
 * be said yet has no verdict. `runtime`: whose rules hold; absent, those of the newest containerd.
 */
export function pullVerdicts(walked: readonly Walked[], runtime?: Runtime): readonly PullVerdict[] {
	const manner = mannerOf(runtime);
	const asked = walked.filter(({ target }) => !target.unasked);
	return [...Map.groupBy(asked, ({ target }) => target.registry).values()].flatMap(
		(targets) => judge(targets, manner) ?? [],
	);
}

const isTried = (walked: Walked): walked is Tried => walked.latest !== undefined;

function judge(targets: readonly Walked[], manner: Manner): PullVerdict | undefined {
	const tried = targets.filter(isTried);
	const unusable = manner.unusableEndsPull ? tried.find(({ latest }) => isUnusable(latest)) : undefined;
	if (unusable) return failed(unusable.latest);
	const last = tried.at(-1);
	const resolvers = tried.filter(({ target }) => target.capabilities.includes('resolve'));
	const resolver = resolvers.find(({ latest }) => endsPull(latest, manner) || givesManifest(latest));
	if (!resolver) return tried.length === targets.length && last ? failed(last.latest) : undefined;
	if (!givesManifest(resolver.latest)) return failed(resolver.latest);
	// The hosts that are asked for what the manifest names, in order.
	const sources = manner.objects === 'one' ? [resolver] : tried;
	const source = sources.find(({ latest }) => endsPull(latest, manner) || gives(latest));
	if (source && gives(source.latest)) return served(source, resolver, tried, manner);
	const whole = manner.objects === 'one' || tried.length === targets.length;
	return whole || source ? failed((source ?? sources.at(-1) ?? resolver).latest) : undefined;
}

function isUnusable(observation: Observation): boolean {
	const failure = failureOf(observation);
	return failure?.reason === 'node_config_unusable' && failure.role === 'registry';
}

function served(source: Tried, resolver: Tried, tried: readonly Tried[], manner: Manner): PullVerdict {
	const delays = delaysOf({ source, resolver, tried, manner });
	const { latest } = source;
	return { ...named(latest), success: true, via: latest.host, ...(Object.keys(delays).length > 0 && { delays }) };
}

function failed(observation: Observation): PullVerdict {
	const first = failureOf(observation);
	if (!first) return { ...named(observation), success: false };
	const { role, stage, reason } = first;
	return { ...named(observation), success: false, blame: { host: observation.host, role, stage, reason } };
}

function named({ registry, image }: Observation): Pick<PullVerdict, 'registry' | 'image'> {
	return { registry, image };
}
