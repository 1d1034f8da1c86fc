import type { ApiAccess } from './access.ts';
import { type ApiFailure, asFailure } from './apiFailure.ts';
import { askJson } from './ask.ts';
import { type PullSecret, readPullSecret } from './pullSecret.ts';

export interface ShelfOptions {
	/** Ends what is under way. */
	readonly signal: AbortSignal;
	/** Seconds for which what was read stands. */
	readonly interval: () => number;
	/** Told when the API server could not be asked for a Secret, or refused it. */
	readonly onFailure?: (namespace: string, name: string, failure: ApiFailure) => void;
	/** The time in milliseconds, on a clock that nobody sets. */
	readonly now?: () => number;
}

/** Secrets that are held at once: each costs a request an interval. */
export const mostSecrets = 50;
/** Characters of an answer: a Secret holds 1 MiB at most, which base64 and whoever applied it make larger. */
const mostOfSecret = 6 * 1024 ** 2;
/** Milliseconds for which no change asks for a Secret again. */
const leastAge = 10_000;
/** Milliseconds for which a Secret that could not be read is left alone, unless the server asks for more. */
const restAfterFailure = 30_000;

interface Kept {
	secret: PullSecret;
	/** Until when it stands. */
	until: number;
	readAt: number;
	asking?: Promise<PullSecret>;
}

const unavailable: PullSecret = { fault: 'secret_unavailable' };
const notFound: PullSecret = { fault: 'secret_not_found' };
/** What a Secret can be called; a pod may name anything, and a path must not lead elsewhere. */
const namePattern = /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/;

/**
 * Secrets, each asked for by its name and kept for an interval, so that many pods with one pull secret cost one request.
 * While the API server cannot be asked, what was read before stands; a Secret that is gone, or may no longer be read, is
 * forgotten at once.
 */
export class SecretShelf {
	readonly #access: ApiAccess;
	readonly #options: ShelfOptions;
	readonly #now: () => number;
	readonly #kept = new Map<string, Kept>();

	constructor(access: ApiAccess, options: ShelfOptions) {
		this.#access = access;
		this.#options = options;
		this.#now = options.now ?? (() => performance.now());
	}

	/** The Secret as it was read within the interval. Never rejects. */
	async read(namespace: string, name: string): Promise<PullSecret> {
		if (!namePattern.test(name)) return notFound;
		const key = keyOf(namespace, name);
		const kept = this.#kept.get(key) ?? this.#place(key);
		if (!kept) return unavailable;
		if (this.#now() < kept.until) return kept.secret;
		kept.asking ??= this.#ask(kept, namespace, name);
		return await kept.asking;
	}

	/** Something speaks for a change: the Secret is asked for with the next reading, unless that was done just now. */
	doubt(namespace: string, name: string): void {
		const kept = this.#kept.get(keyOf(namespace, name));
		if (kept && !kept.asking) kept.until = Math.min(kept.until, kept.readAt + leastAge);
	}

	/** Forgets all Secrets but these. */
	keep(names: Iterable<readonly [namespace: string, name: string]>): void {
		const wanted = new Set([...names].map(([namespace, name]) => keyOf(namespace, name)));
		for (const key of this.#kept.keys()) if (!wanted.has(key)) this.#kept.delete(key);
	}

	#place(key: string): Kept | undefined {
		if (this.#kept.size >= mostSecrets) return undefined;
		const kept = { secret: unavailable, until: -Infinity, readAt: -Infinity };
		this.#kept.set(key, kept);
		return kept;
	}

	async #ask(kept: Kept, namespace: string, name: string): Promise<PullSecret> {
		const { signal, interval, onFailure } = this.#options;
		let rest = interval() * 1000;
		try {
			// From the API server's cache: asked of etcd, each node would cost it a reading of its own.
			const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}?resourceVersion=0`;
			kept.secret = readPullSecret(await askJson(this.#access, path, signal, mostOfSecret));
		} catch (error) {
			const failure = asFailure(error);
			if (failure.status === 404) kept.secret = notFound;
			else {
				if (failure.status === 403) kept.secret = { fault: 'secret_forbidden' };
				rest = Math.min(rest, restAfterFailure) + (failure.retryAfter ?? 0) * 1000;
				if (!signal.aborted) onFailure?.(namespace, name, failure);
			}
		}
		kept.readAt = this.#now();
		kept.until = kept.readAt + rest;
		delete kept.asking;
		return kept.secret;
	}
}

/** Neither part has a slash. */
function keyOf(namespace: string, name: string): string {
	return `${namespace}/${name}`;
}
