import type { Target } from '../plan/target.ts';
import type { Vantage } from '../plan/vantage.ts';
import { formatReference } from '../registry/reference.ts';
import { Attempt, AttemptEnded, type Gate, type Listeners } from './attempt.ts';
import { Refused } from './guard.ts';
import { notNeeded } from './deadline.ts';
import type { Observation } from './observation.ts';
import { type Hold, pull } from './pull.ts';
import { type Logins, Scene } from './scene.ts';
import type { SecretMemory } from './secretMemory.ts';

export type { Gate } from './attempt.ts';
export type { Hold } from './pull.ts';
export type { Logins } from './scene.ts';

/** What every attempt is given beside its target. */
export interface Surroundings {
	/** The node as it is now. */
	readonly vantage: () => Vantage;
	readonly logins: (target: Target) => Promise<Logins>;
	readonly gate: Gate;
	/** What all attempts have shown; each alone where it is absent. */
	readonly memory?: SecretMemory;
}

export interface AttemptOptions extends Listeners {
	/** Ends the attempt; what it found by then is not worth recording. */
	readonly signal: AbortSignal;
	readonly hold?: Hold;
}

/**
 * One attempt on one target: walks the path of a pull until a stage fails, and tells what it found. A fault of the
 * target is data; never rejects because of one.
 */
export async function probe(target: Target, surroundings: Surroundings, options: AttemptOptions): Promise<Observation> {
	const observation = await walk(target, surroundings, options);
	const { plainHttp: endpoint, ...secure } = target;
	if (!endpoint || options.signal.aborted || isOpened(observation)) return observation;
	const attemptTimeout = target.attemptTimeout - observation.seconds;
	if (attemptTimeout <= 0 || target.unusable !== undefined) return observation;
	const { records, requests, seconds, ...plain } = await walk(
		{ ...secure, endpoint, attemptTimeout },
		surroundings,
		options,
	);
	// Where there is no plain HTTP either, what is wrong with TLS is what people want to know.
	const found = isOpened({ records }) ? { ...plain, records } : observation;
	return {
		...found,
		startedAt: observation.startedAt,
		seconds: observation.seconds + seconds,
		requests: [...observation.requests, ...requests],
	};
}

/**
 * Whether the registry has answered the first request as a registry does
 * (https://github.com/containers/container-libs/blob/main/image/docker/docker_client.go, detectProperties).
 */
function isOpened({ records }: Pick<Observation, 'records'>): boolean {
	const status = records.find(({ stage }) => stage === 'challenge')?.facts?.['status'];
	return status === 200 || status === 401;
}

async function walk(target: Target, surroundings: Surroundings, options: AttemptOptions): Promise<Observation> {
	const ended = new AbortController();
	const end = () => ended.abort(notNeeded);
	options.signal.addEventListener('abort', end, { once: true });
	if (options.signal.aborted) end();
	try {
		return await walkUntil(ended.signal, { target, surroundings, options });
	} finally {
		options.signal.removeEventListener('abort', end);
		end();
	}
}

interface Walking {
	readonly target: Target;
	readonly surroundings: Surroundings;
	readonly options: AttemptOptions;
}

async function walkUntil(signal: AbortSignal, { target, surroundings, options }: Walking): Promise<Observation> {
	const startedAt = Date.now();
	await using at = new Attempt(target, surroundings, signal, options);
	try {
		const scene = new Scene(at, surroundings.vantage(), await surroundings.logins(target));
		await pull(scene, options.hold ?? {});
	} catch (error) {
		if (!(error instanceof AttemptEnded) && !(error instanceof Refused)) throw error;
	}
	const seconds = at.overall.spent();
	await at.settled();
	return observationOf(at, { startedAt, seconds, whole: !options.signal.aborted });
}

/** What an attempt that took so long found. One that was cut short succeeds in nothing. */
function observationOf(
	at: Attempt,
	{ startedAt, seconds, whole }: { startedAt: number; seconds: number; whole: boolean },
): Observation {
	const { target, asks } = at;
	const records = at.records();
	const success = whole && records.length > 0 && records.every(({ outcome }) => outcome === 'success');
	const rejected = records.some((record) => record.outcome === 'failure' && record.reason === 'auth_rejected');
	const { id, registry, host, image } = target;
	return {
		target: id,
		registry,
		host,
		image: formatReference(image),
		startedAt,
		seconds,
		success,
		records: [...records],
		requests: [...at.requests()],
		asks: { ...asks, ...(rejected && { loginRejected: true }) },
	};
}
