import type { Observation, Role, StageName, StageRecord } from '../../probe/observation.ts';
import type { Reason } from '../../reasons/reason.ts';
import type { Blame, PullVerdict } from '../../verdict/pullVerdict.ts';
import type { ImageTry } from './situation.ts';

/** A fault that a probe of this node meets. */
export interface Sighting {
	/** `probe`: a regular one, of another image of that registry. `image`: one on demand, of the very image. */
	readonly by: 'probe' | 'image';
	/** When the attempt began, in seconds since the epoch. */
	readonly at: number;
	readonly role: Role;
	readonly stage: StageName;
	readonly reason: Reason;
	/** The host that played the role. */
	readonly host: string;
	readonly detail: string;
	/** Whose login was shown. */
	readonly login: ImageTry['found']['login'];
	/** The pull secret that it is from. */
	readonly secret?: string;
	/** A proxy could have answered in the host's place: the way through it was not encrypted. */
	readonly throughPlainProxy: boolean;
}

/** Who looked, and as whom. */
export type Looker = Pick<Sighting, 'by' | 'login' | 'secret'>;

/** Reasons that say something about the agent alone. */
const own: ReadonlySet<Reason> = new Set<Reason>(['agent_resources_exhausted', 'cancelled', 'unknown']);

/**
 * The faults that a pull would meet, the one that is to be blamed first; then those of the other hosts, because runtimes
 * often name one of them. Empty for a pull that would succeed. `observations` are those that the verdict rests on.
 */
export function sightingsOf(
	{ success, blame }: PullVerdict,
	observations: readonly Observation[],
	looker: Looker,
): readonly Sighting[] {
	if (success) return [];
	const blamed = blame && blamedIn(observations, blame, looker);
	const others = observations.filter(({ host }) => host !== blame?.host);
	const all = [blamed, ...others.map((observation) => failureIn(observation, looker))];
	return all.flatMap((sighting) => (sighting && !own.has(sighting.reason) ? [sighting] : []));
}

function blamedIn(observations: readonly Observation[], blame: Blame, looker: Looker): Sighting | undefined {
	const observation = observations.find(({ host }) => host === blame.host);
	if (!observation) return undefined;
	const { role, stage, reason } = blame;
	const record = observation.records.find((one) => one.role === role && one.stage === stage);
	// A quota that is used up fails no stage.
	const detail = record?.outcome === 'failure' ? record.detail : 'nothing is left of the quota';
	return seen(observation, { role, stage, reason, host: record?.peer ?? blame.host, detail }, looker);
}

function failureIn(observation: Observation, looker: Looker): Sighting | undefined {
	const record = observation.records.find(({ outcome }) => outcome === 'failure');
	if (observation.success || record?.outcome !== 'failure') return undefined;
	const { role, stage, reason, peer: host, detail } = record;
	return seen(observation, { role, stage, reason, host, detail }, looker);
}

function seen(
	{ startedAt, records }: Observation,
	fault: Pick<Sighting, 'role' | 'stage' | 'reason' | 'host' | 'detail'>,
	looker: Looker,
): Sighting {
	return { ...looker, at: startedAt / 1000, ...fault, throughPlainProxy: isPlainProxied(records, fault.role) };
}

function isPlainProxied(records: readonly StageRecord[], role: Role): boolean {
	const has = (stage: StageName) => records.some((record) => record.role === role && record.stage === stage);
	return has('proxy') && !has('tls');
}

/** What the tries of an image on demand come to. */
export interface Outcome {
	/** One of them would have got it: the kubelet tries one login after the other too. */
	readonly works: boolean;
	/** What the first login met, or the try without one; empty where one works. */
	readonly faults: readonly Sighting[];
	/** When the one that decides began, in seconds since the epoch. */
	readonly at: number;
	/** Whose login the try that decides has shown. */
	readonly login: Sighting['login'];
}

/** What was found on demand; undefined where nothing was, or too little to tell. */
export function outcomeOf(tries: readonly ImageTry[]): Outcome | undefined {
	const good = tries.find(({ found }) => found.pull?.success === true);
	if (good) return { works: true, faults: [], at: good.at, login: good.found.login };
	for (const { at, secret, found } of tries) {
		const looker = { by: 'image', login: found.login, ...(secret !== undefined && { secret }) } as const;
		const faults = found.pull ? sightingsOf(found.pull, found.observations, looker) : [];
		if (faults.length > 0) return { works: false, faults, at, login: found.login };
	}
	return undefined;
}
