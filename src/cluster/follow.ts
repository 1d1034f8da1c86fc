import type { ApiAccess } from './access.ts';
import { ApiFailure, asFailure } from './apiFailure.ts';
import { ask } from './ask.ts';
import { Backoff, type Pace, usualPace } from './backoff.ts';
import { Lines } from './lines.ts';
import { list, type Subject } from './list.ts';
import { mostOfObject } from './listReader.ts';
import { pause } from './pause.ts';
import { type Known, Picture } from './picture.ts';
import { readWatchEvent, type WatchEvent } from './watchEvent.ts';

/** Who is told of what is followed. */
export interface Followers<T> {
	/** Told all objects each time that one of them has changed, and whether these are really all. */
	readonly onChange: (objects: readonly T[], complete: boolean) => void;
	/** Told each time that the picture was seen to be that of the API server. */
	readonly onSync: () => void;
	/** Told why the picture is no longer kept up to date, each time that another try has failed. */
	readonly onFailure: (failure: ApiFailure) => void;
}

export interface FollowOptions {
	/** Ends it all. */
	readonly signal: AbortSignal;
	readonly pace?: Pace;
	/** Milliseconds of silence in which a watch counts as broken. The server sends a bookmark every minute. */
	readonly quiet?: number;
}

const usualQuiet = 150_000;
/** Seconds after which the server ends a watch; half of it is left to chance, so that not all nodes come back at once. */
const watchSeconds = 600;
const mostOfWatch = Number.MAX_SAFE_INTEGER;

/**
 * Keeps a picture of what the API server has: a list, then a watch from there, which is resumed where it broke, after a
 * wait that grows. When the server no longer knows the place (410 Gone), the list is asked for anew. While the server cannot
 * be asked the picture stays as it is. Resolves when the signal ends it.
 */
export async function follow<T extends Known>(
	access: ApiAccess,
	subject: Subject<T>,
	followers: Followers<T>,
	{ signal, pace = usualPace, quiet = usualQuiet }: FollowOptions,
): Promise<void> {
	const picture = new Picture<T>(subject.most);
	const backoff = new Backoff(pace);
	let version: string | undefined;
	const told = (changed: boolean) => {
		// Lines that came in one piece with others are read to the last, also when the first has ended it all.
		if (signal.aborted) return;
		followers.onSync();
		if (changed) followers.onChange(picture.objects, !picture.incomplete);
	};
	const listed = async () => {
		const found = await list(access, subject, signal);
		told(picture.replace(found.objects, found.complete));
		return found.version;
	};
	const take = (event: WatchEvent) => {
		version = event.version;
		backoff.reset();
		told(applied(picture, subject, event));
	};
	while (!signal.aborted) {
		try {
			version ??= await listed();
			await watch(access, pathOf(subject, version), { signal, quiet }, take);
			if (picture.incomplete) version = undefined;
			await pause(backoff.next(), signal);
		} catch (error) {
			if (signal.aborted) return;
			const failure = asFailure(error);
			if (failure.status === 410) version = undefined;
			else followers.onFailure(failure);
			await pause(backoff.next(failure.retryAfter), signal);
		}
	}
}

function pathOf({ path }: { readonly path: string }, version: string): string {
	const seconds = Math.round(watchSeconds * (0.5 + Math.random() / 2));
	const from = encodeURIComponent(version);
	return `${path}&watch=true&allowWatchBookmarks=true&timeoutSeconds=${seconds}&resourceVersion=${from}`;
}

/** Takes in what a watch tells, until the server ends it. Throws `ApiFailure`. */
async function watch(
	access: ApiAccess,
	path: string,
	{ signal, quiet }: { readonly signal: AbortSignal; readonly quiet: number },
	take: (event: WatchEvent) => void,
): Promise<void> {
	const lines = new Lines(mostOfObject);
	const patience = { head: 30_000, quiet };
	for await (const piece of ask(access, path, { signal, patience, most: mostOfWatch })) {
		for (const line of lines.push(piece)) {
			const event = readWatchEvent(line, access.conceal);
			if (event instanceof ApiFailure) throw event;
			take(event);
		}
	}
}

/** Brings the picture up to date. Gives whether anything changed. */
function applied<T extends Known>(picture: Picture<T>, { trim }: Subject<T>, { type, object }: WatchEvent): boolean {
	if (type === 'BOOKMARK') return false;
	const kept = trim(object);
	if (kept === undefined) return false;
	return type === 'DELETED' ? picture.remove(kept.uid) : picture.put(kept);
}
