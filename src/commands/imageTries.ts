import type { PullSecretLogin, PullSecrets } from '../cluster/pullSecrets.ts';
import type { PodFacts } from '../cluster/pod.ts';
import type { ImageTry, UnusableSecret } from '../explain/diagnosis/situation.ts';
import type { Change } from '../explain/podExplanation.ts';
import { wellKnownPublic } from '../registry/hosts.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { DemandProbe } from './demandProbe.ts';

/** What was found when an image was tried as a pod would pull it. */
export interface Found {
	readonly tries: readonly ImageTry[];
	/** Whether the pod's pull secrets could be read. */
	readonly secretsRead: boolean;
	readonly unusableSecrets: readonly UnusableSecret[];
	/** When secrets were last changed. */
	readonly changed: readonly Change[];
}

export interface ImageTriesOptions {
	readonly demand: DemandProbe;
	readonly secrets: PullSecrets;
	readonly signal: AbortSignal;
	/** Told when something was found. */
	readonly onFound: () => void;
	/** Told why an image could not be tried at all; it is tried again later. */
	readonly onError: (error: unknown) => void;
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
	/** A number from 0 to 1, as `Math.random` gives. */
	readonly random?: () => number;
}

/** A pod and an image of it. */
export interface Wanted {
	readonly pod: Pick<PodFacts, 'namespace' | 'pullSecrets'>;
	readonly image: Reference;
	/** Another one says that what the kubelet met has changed. */
	readonly mark: string;
	/** When the kubelet last failed, in seconds since the epoch, where that is known. */
	readonly failedAt?: number;
}

/** Milliseconds after which an image is tried again; sooner where nothing could be asked, or what the kubelet met has changed. */
const again = 300_000;
const soon = 60_000;
const soonest = 30_000;
/** The same pod can fail on all nodes at once: milliseconds over which their tries of a public registry are spread. */
const spread = 20_000;
/** Logins of one pod that are tried. */
const mostLogins = 3;
/** Images that wait for their turn. */
const mostWaiting = 20;

interface Kept extends Omit<Found, 'secretsRead'> {
	readonly at: number;
	readonly mark: string;
}

const nothing = { tries: [], unusableSecrets: [], changed: [] };

/** Images of pods as they were tried on demand: each of them once in a while, for all pods that would pull it alike. */
export class ImageTries {
	readonly #options: ImageTriesOptions;
	#kept = new Map<string, Kept>();
	/** When an image may be tried for the first time. */
	#notBefore = new Map<string, number>();
	readonly #running = new Set<string>();

	constructor(options: ImageTriesOptions) {
		this.#options = options;
	}

	/** What is known of an image as this pod would pull it. */
	of(wanted: Wanted): Found {
		const { tries, unusableSecrets, changed } = this.#kept.get(this.#keyOf(wanted)) ?? nothing;
		return { tries, unusableSecrets, changed, secretsRead: this.#options.secrets.optedIn(wanted.pod.namespace) };
	}

	/** Forgets all images but these, and tries those for which it is time. */
	want(all: readonly Wanted[]): void {
		const keys = new Set(all.map((wanted) => this.#keyOf(wanted)));
		this.#kept = new Map([...this.#kept].filter(([key]) => keys.has(key)));
		this.#notBefore = new Map([...this.#notBefore].filter(([key]) => keys.has(key)));
		for (const wanted of all) {
			const key = this.#keyOf(wanted);
			if (this.#running.size >= mostWaiting) return;
			if (this.#running.has(key) || !this.#isDue(key, wanted)) continue;
			this.#running.add(key);
			void this.#try(key, wanted);
		}
	}

	#isDue(key: string, { image, mark, failedAt = 0 }: Wanted): boolean {
		const kept = this.#kept.get(key);
		if (!kept) return this.#options.now() >= this.#first(key, image);
		const age = this.#options.now() - kept.at;
		// It was found to come, and has not come.
		const refuted = kept.tries.some(({ at, found }) => found.pull?.success === true && failedAt > at);
		if (refuted || kept.mark !== mark) return age >= soonest;
		const blind = kept.tries.every(({ found }) => found.unasked === 'paused');
		return age >= (blind ? soon : again);
	}

	#first(key: string, { domain }: Reference): number {
		const { now, random = Math.random } = this.#options;
		const notBefore = this.#notBefore.get(key) ?? now() + (wellKnownPublic.has(domain) ? random() * spread : 0);
		this.#notBefore.set(key, notBefore);
		return notBefore;
	}

	async #try(key: string, { pod, image, mark }: Wanted): Promise<void> {
		const { secrets, now, onFound, onError, signal } = this.#options;
		try {
			const logins = await secrets.loginsFor(pod, image);
			const tries = await this.#tryWith(logins, image);
			if (signal.aborted) return;
			this.#kept.set(key, {
				tries,
				unusableSecrets: logins.flatMap(({ name, reason: fault }) => (fault === undefined ? [] : [{ name, fault }])),
				changed: changesOf(pod.namespace, logins),
				at: now(),
				mark,
			});
			onFound();
		} catch (error) {
			onError(error);
		} finally {
			this.#running.delete(key);
		}
	}

	/** One login after the other, as the kubelet does, until one will do; without any, once without. */
	async #tryWith(logins: readonly PullSecretLogin[], image: Reference): Promise<readonly ImageTry[]> {
		const { demand, signal } = this.#options;
		const given = logins.filter(({ login }) => login !== undefined).slice(0, mostLogins);
		const tries: ImageTry[] = [];
		for (const one of given.length > 0 ? given : [undefined]) {
			const at = Date.now() / 1000;
			const found = await demand(image, { signal, ...(one?.login && { login: one.login }) });
			tries.push({ at, ...(one && { secret: one.name }), found });
			if (found.pull?.success === true || signal.aborted) break;
		}
		return tries;
	}

	/** Pods whose secrets nobody may read are alike. */
	#keyOf({ pod: { namespace, pullSecrets }, image }: Wanted): string {
		const own = this.#options.secrets.optedIn(namespace) && pullSecrets.length > 0;
		return JSON.stringify([formatReference(image), ...(own ? [namespace, ...pullSecrets] : [])]);
	}
}

function changesOf(namespace: string, logins: readonly PullSecretLogin[]): readonly Change[] {
	const updated = new Map(logins.map(({ name, updatedAt }) => [name, updatedAt]));
	return [...updated].flatMap(([name, at]) =>
		at === undefined ? [] : [{ at, text: `Secret ${namespace}/${name} was written` }],
	);
}
