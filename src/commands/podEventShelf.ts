import { type ApiFailure, asFailure } from '../cluster/apiFailure.ts';
import type { PodFacts } from '../cluster/pod.ts';
import type { PodEvent } from '../cluster/podEvent.ts';

/** How events are read. */
export interface EventShelfOptions {
	/** The kubelet's events about a pod; rejects with `ApiFailure`. */
	readonly read: (pod: PodFacts) => Promise<readonly PodEvent[]>;
	/** Told why they cannot be read. */
	readonly onFailure: (failure: ApiFailure) => void;
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
}

/** Pods whose events are read in one go. */
const mostAtOnce = 10;
/** Milliseconds after which the events of a pod that waits are read again, at once when its state changes, but never sooner than that. */
const again = 30_000;
const soonest = 5000;
/** Milliseconds for which nothing is asked after a failure, and after a refusal: a right may be given later, but nobody waits for it. */
const rest = 10_000;
const longRest = 600_000;

/** Always the same list. */
const none: readonly PodEvent[] = [];

interface Kept {
	readonly events: readonly PodEvent[];
	readonly readAt: number;
	/** The state of the pod at that time. */
	readonly mark: string;
}

/** The events of the pods that wait, asked for one pod after the other and never often. */
export class PodEventShelf {
	readonly #options: EventShelfOptions;
	#kept = new Map<string, Kept>();
	#notBefore = -Infinity;

	constructor(options: EventShelfOptions) {
		this.#options = options;
	}

	/** What is known of a pod, oldest first. */
	of(uid: string): readonly PodEvent[] {
		return this.#kept.get(uid)?.events ?? none;
	}

	/** Forgets all pods but these, and reads the events of those for which it is time. Never rejects. */
	async refresh(pods: readonly PodFacts[]): Promise<void> {
		const present = new Set(pods.map(({ uid }) => uid));
		this.#kept = new Map([...this.#kept].filter(([uid]) => present.has(uid)));
		const due = pods.filter((pod) => this.#isDue(pod)).slice(0, mostAtOnce);
		for (const pod of due) {
			if (this.#options.now() < this.#notBefore) return;
			await this.#read(pod);
		}
	}

	#isDue(pod: PodFacts): boolean {
		const kept = this.#kept.get(pod.uid);
		if (!kept) return true;
		const age = this.#options.now() - kept.readAt;
		return age >= (kept.mark === markOf(pod) ? again : soonest);
	}

	async #read(pod: PodFacts): Promise<void> {
		const { read, onFailure, now } = this.#options;
		const mark = markOf(pod);
		try {
			this.#kept.set(pod.uid, { events: await read(pod), readAt: now(), mark });
		} catch (error) {
			const failure = asFailure(error);
			const refused = failure.status === 403 || failure.status === 401;
			this.#notBefore = now() + Math.max((failure.retryAfter ?? 0) * 1000, refused ? longRest : rest);
			onFailure(failure);
		}
	}
}

function markOf({ waiting }: PodFacts): string {
	return JSON.stringify(waiting.map(({ container, reason, message }) => [container, reason, message]));
}
