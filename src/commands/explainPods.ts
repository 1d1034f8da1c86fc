import { setImmediate as nextTurn } from 'node:timers/promises';

import type { ApiAccess } from '../cluster/access.ts';
import type { PodFacts } from '../cluster/pod.ts';
import { podEvents } from '../cluster/podEvents.ts';
import type { PullSecrets } from '../cluster/pullSecrets.ts';
import { explainStuck } from '../explain/diagnosis/explainStuck.ts';
import type { NodeSight, Stuck } from '../explain/diagnosis/situation.ts';
import type { Words } from '../explain/diagnosis/words.ts';
import { failingPulls } from '../explain/failingPulls.ts';
import type { Change } from '../explain/podExplanation.ts';
import type { Store } from '../store/store.ts';
import type { DemandProbe } from './demandProbe.ts';
import type { ExplainedPodsWriter } from './explainedPods.ts';
import { ImageTries, type Wanted } from './imageTries.ts';
import type { Log } from './log.ts';
import { PodEventShelf } from './podEventShelf.ts';
import { SpokenWords } from './spokenWords.ts';
import { StrangeWords } from './strangeWords.ts';
import { type Suspect, suspectsAmong } from './suspects.ts';
import { wantedOf } from './wantedImage.ts';

/** What the pods of this node are explained with. */
export interface ExplainPodsParts {
	readonly access: ApiAccess;
	/** Absent where no image may be probed on demand. */
	readonly demand?: DemandProbe;
	readonly secrets: PullSecrets;
	readonly store: Pick<Store, 'states' | 'verdicts' | 'setFailingPulls' | 'countStrangeMessage'>;
	/** What changed around a registry, by its name in images; oldest first. */
	readonly changed: (registry: string) => readonly Change[];
	readonly explained: ExplainedPodsWriter;
	readonly log: Log;
	/** Ends it all. */
	readonly signal: AbortSignal;
	/** Milliseconds between two looks while containers wait. Default: 2 s. */
	readonly every?: number;
	/** Seconds for which a container may wait without an error before its events are asked for. Default: 10. */
	readonly quiet?: number;
}

const usualEvery = 2000;
/** Pods change in bursts: milliseconds from a change to the look at what came of it. */
const settling = 500;
const usualQuiet = 10;
/** Containers whose words are read in one turn of the event loop. */
const inOneTurn = 10;

/**
 * Explains why images of pods do not come, as long as there are such pods: reads the kubelet's events about them, tries
 * their images on demand, and publishes what that comes to. Ends with the signal.
 */
export class PodExplainer {
	readonly #parts: ExplainPodsParts;
	readonly #shelf: PodEventShelf;
	readonly #images: ImageTries | undefined;
	readonly #strange: StrangeWords;
	readonly #words = new SpokenWords();
	/** When a container was first seen waiting, in seconds since the epoch. */
	#seenAt = new Map<string, number>();
	#pods: readonly PodFacts[] = [];
	#timer: NodeJS.Timeout | undefined;
	#due = Infinity;
	#looking = false;

	constructor(parts: ExplainPodsParts) {
		const { access, demand, secrets, store, log, signal } = parts;
		const now = () => performance.now();
		this.#parts = parts;
		this.#strange = new StrangeWords((said) => {
			store.countStrangeMessage();
			log.info('a message is not understood', { detail: said });
		});
		this.#shelf = new PodEventShelf({ read: (pod) => podEvents(access, pod, signal), onFailure: tellOnce(log), now });
		const onError = (error: unknown) => log.error('an image cannot be tried', { error: String(error) });
		if (demand) {
			this.#images = new ImageTries({ demand, secrets, signal, onFound: () => this.#wake(0), onError, now });
		}
		store.setFailingPulls([]);
		signal.addEventListener('abort', () => this.#end());
	}

	/** Takes in the pods of this node as they now are. */
	see(pods: readonly PodFacts[]): void {
		this.#pods = pods;
		this.#wake(settling);
	}

	/** Looks within so many milliseconds; of several wishes the soonest counts. */
	#wake(milliseconds: number): void {
		const due = performance.now() + milliseconds;
		if (this.#parts.signal.aborted || due >= this.#due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#timer = setTimeout(() => void this.#run(), milliseconds).unref();
	}

	async #run(): Promise<void> {
		this.#due = Infinity;
		if (this.#looking) return;
		this.#looking = true;
		try {
			await this.#look();
		} catch (error) {
			this.#parts.log.error('pods cannot be explained', { error: String(error) });
		} finally {
			this.#looking = false;
			// What was looked at may be over: the last look says so.
			if (this.#seenAt.size > 0) this.#wake(this.#parts.every ?? usualEvery);
		}
	}

	async #look(): Promise<void> {
		const { store, explained, signal, quiet = usualQuiet } = this.#parts;
		const suspects = suspectsAmong(this.#pods);
		const now = Date.now() / 1000;
		this.#seenAt = new Map(suspects.map(({ key }) => [key, this.#seenAt.get(key) ?? now]));
		const ripe = suspects.filter((one) => !one.quiet || now - this.#since(one) >= quiet);
		await this.#shelf.refresh([...new Set(ripe.map(({ pod }) => pod))]);
		this.#words.keep(suspects);
		await this.#read(ripe);
		if (signal.aborted) return;
		this.#images?.want(ripe.flatMap((one) => this.#wantedOf(one) ?? []));
		const stuck = ripe.map((one) => this.#stuckOf(one));
		for (const one of ripe) this.#strange.see(one, this.#wordsOf(one));
		const sight: NodeSight = { states: store.states(), verdicts: store.verdicts(), now: Date.now() };
		explained.publish(explainStuck(stuck, sight));
		store.setFailingPulls(failingPulls(explained.explanations(), namesOf(sight)));
	}

	/** Reads what the kubelet says anew, some containers in a turn: what is timed meanwhile must not wait for it. */
	async #read(suspects: readonly Suspect[]): Promise<void> {
		for (const [at, suspect] of suspects.entries()) {
			this.#wordsOf(suspect);
			if (at % inOneTurn === inOneTurn - 1) await nextTurn();
		}
	}

	#stuckOf(suspect: Suspect): Stuck {
		const { pod, waiting, reference } = suspect;
		const { secrets, changed } = this.#parts;
		const events = this.#shelf.of(pod.uid);
		const wanted = this.#wantedOf(suspect);
		const found = wanted && this.#images?.of(wanted);
		const changes = [...(reference ? changed(reference.domain) : []), ...(found?.changed ?? [])];
		return {
			pod,
			waiting,
			...(reference && { reference }),
			events,
			words: this.#wordsOf(suspect),
			seenAt: this.#since(suspect),
			tries: found?.tries ?? [],
			secretsRead: secrets.optedIn(pod.namespace),
			unusableSecrets: found?.unusableSecrets ?? [],
			changed: changes.toSorted((a, b) => a.at - b.at),
		};
	}

	#wantedOf(suspect: Suspect): Wanted | undefined {
		return wantedOf(suspect, this.#shelf.of(suspect.pod.uid), this.#wordsOf(suspect));
	}

	#wordsOf(suspect: Suspect): Words {
		return this.#words.of(suspect, this.#shelf.of(suspect.pod.uid));
	}

	#since({ key }: Suspect): number {
		return this.#seenAt.get(key) ?? Date.now() / 1000;
	}

	#end(): void {
		clearTimeout(this.#timer);
		this.#parts.explained.publish([]);
		this.#parts.store.setFailingPulls(undefined);
	}
}

/** The configured names of registries by their names in images. */
function namesOf({ states }: NodeSight): ReadonlyMap<string, string> {
	return new Map(states.map(({ target }) => [target.image.domain, target.registry]));
}

/** One line for each new reason why events cannot be read. */
function tellOnce(log: Log): (failure: { readonly message: string }) => void {
	let told: string | undefined;
	return ({ message }) => {
		if (message === told) return;
		told = message;
		log.warn('events of pods cannot be read; explanations go without them', { detail: message });
	};
}
