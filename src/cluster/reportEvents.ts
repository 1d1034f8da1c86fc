import { type ApiFailure, asFailure } from './apiFailure.ts';
import { Backoff, type Pace } from './backoff.ts';
import { type EventWish, placeOf } from './event.ts';
import { pause } from './pause.ts';
import { type Rate, TokenBucket } from './tokenBucket.ts';
import { writeEvent } from './writeEvent.ts';
import type { Report } from './writing.ts';

/** How often Events are written. Milliseconds. */
export interface EventPace {
	/** How long something has to hold before it is told: an explanation is often better a moment later. */
	readonly settling: number;
	/** From one writing of an Event to the next, which doubles each time up to `rarest`. */
	readonly again: number;
	readonly rarest: number;
	/** How long an Event that the API server refuses is left alone. */
	readonly refused: number;
	/** From one look at the wishes to the next. */
	readonly look: number;
	/** For all Events of this agent together. */
	readonly rate: Rate;
	/** While the API server cannot be asked. */
	readonly backoff: Pace;
}

const minute = 60_000;

/** At most two a minute in the long run; the API server keeps an Event for an hour after it was last written. */
export const usualEventPace: EventPace = {
	settling: 15_000,
	again: 5 * minute,
	rarest: 20 * minute,
	refused: 15 * minute,
	look: 10_000,
	rate: { burst: 10, perSecond: 1 / 30 },
	backoff: { first: 10_000, most: 10 * minute },
};

/** Wishes that are looked at: the first ones. */
const mostWishes = 200;
/** How long, and of how many, is remembered what was told. */
const remembered = 60 * minute;
const mostKnown = 1000;

export interface EventReport extends Report {
	/** What holds now, the most important first. */
	readonly wishes: () => readonly EventWish[];
}

interface Entry {
	readonly wish: EventWish;
	/** How often it was written. */
	count: number;
	/** Not to be written before. */
	notBefore: number;
	seenAt: number;
}

/**
 * Writes Events about what holds, until the signal. It goes by what holds now, not by what has happened: what cannot be
 * written is not queued, but looked at again. Never rejects.
 */
export async function reportEvents(
	report: EventReport,
	{ signal, pace = usualEventPace }: { readonly signal: AbortSignal; readonly pace?: EventPace },
): Promise<void> {
	const known = new Map<string, Entry>();
	const bucket = new TokenBucket(pace.rate, performance.now());
	const backoff = new Backoff(pace.backoff);
	while (!signal.aborted) {
		const now = performance.now();
		const held = report.wishes().slice(0, mostWishes);
		const entries = held.map((wish) => see(known, wish, { now, settling: pace.settling }));
		forget(known, now);
		// What was never told goes first.
		const due = entries.filter(({ notBefore }) => notBefore <= now).toSorted((a, b) => rank(a) - rank(b));
		const failure = await writeAll(report, due, { signal, pace, bucket });
		if (!failure) backoff.reset();
		await pause(failure ? backoff.next(failure.retryAfter) : pace.look, signal);
	}
}

/** Takes note of what holds. The map stays in the order in which things were last seen. */
function see(
	known: Map<string, Entry>,
	wish: EventWish,
	{ now, settling }: { readonly now: number; readonly settling: number },
): Entry {
	const { path } = placeOf(wish);
	const before = known.get(path);
	const entry = { wish, count: before?.count ?? 0, notBefore: before?.notBefore ?? now + settling, seenAt: now };
	known.delete(path);
	known.set(path, entry);
	return entry;
}

function forget(known: Map<string, Entry>, now: number): void {
	for (const [path, { seenAt }] of known) {
		if (known.size <= mostKnown && now - seenAt <= remembered) return;
		known.delete(path);
	}
}

function rank({ count }: Entry): number {
	return Math.min(count, 1);
}

interface Writing {
	readonly signal: AbortSignal;
	readonly pace: EventPace;
	readonly bucket: TokenBucket;
}

/** Writes as many as may be. Gives the failure after which there is no use in going on. */
async function writeAll(
	{ access, node, onWritten, onFailure }: EventReport,
	entries: readonly Entry[],
	{ signal, pace, bucket }: Writing,
): Promise<ApiFailure | undefined> {
	for (const entry of entries) {
		if (signal.aborted || !bucket.take(performance.now())) return undefined;
		try {
			entry.count = await writeEvent({ access, node, signal }, entry.wish, entry.count + 1);
			entry.notBefore = performance.now() + Math.min(pace.again * 2 ** Math.min(entry.count - 1, 10), pace.rarest);
			onWritten();
		} catch (error) {
			if (signal.aborted) return undefined;
			const failure = asFailure(error);
			onFailure(failure);
			if (!concernsOne(failure)) return failure;
			entry.notBefore = performance.now() + pace.refused;
		}
	}
	return undefined;
}

/** A namespace that is going, a policy, a right that is missing in one place: others may be written all the same. */
function concernsOne({ status = 0 }: ApiFailure): boolean {
	return status >= 400 && status < 500 && status !== 401 && status !== 429;
}
