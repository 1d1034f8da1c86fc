import type { Target } from '../target.ts';
import { processorTime } from '../../processorTime.ts';
import { attempt, faultOf, type Finding } from './attempt.ts';
import type { Coverage } from './coverage.ts';
import { growth } from './growth.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import type { Material } from './mutateBytes.ts';
import { Pool } from './pool.ts';
import { Random } from './random.ts';

/** How long, and from where. */
export interface Wish {
	readonly seed: number;
	/** Milliseconds of processor time. */
	readonly time: number;
	/** Inputs to be made, whatever the time. */
	readonly runs: number;
	/** Inputs to begin with beside the target's own. */
	readonly corpus: readonly Buffer[];
}

/** What is told on the way. */
export interface Listener {
	/** Before each input, so that one that never ends is known. */
	readonly onInput: (input: Buffer) => void;
	readonly onFinding: (finding: Finding) => Promise<void>;
	/** An input that reaches something new. */
	readonly onKept: (input: Buffer) => void;
}

/** What a campaign came to. */
export interface Outcome {
	readonly executions: number;
	/** Pieces of code and marks that were reached. */
	readonly reached: number;
	/** The inputs that are worth keeping. */
	readonly best: readonly Buffer[];
}

/** Reading the coverage takes milliseconds: it is read for so many inputs at once, and for one alone only where it grew. */
const batch = 48;
const mostFindings = 20;

/** Tries inputs of one target until the time is up. */
export class Campaign {
	readonly #target: Target;
	readonly #coverage: Coverage;
	readonly #wish: Wish;
	readonly #listener: Listener;
	readonly #random: Random;
	readonly #pool = new Pool();
	readonly #faults = new Set<string>();
	#executions = 0;
	#rounds = 0;

	constructor(target: Target, coverage: Coverage, wish: Wish, listener: Listener) {
		this.#target = target;
		this.#coverage = coverage;
		this.#wish = wish;
		this.#listener = listener;
		this.#random = new Random(wish.seed);
	}

	async run(): Promise<Outcome> {
		const until = processorTime() + this.#wish.time;
		const begun = [...this.#target.seeds.map((seed) => Buffer.from(seed)), ...this.#wish.corpus];
		for (const input of begun) await this.#weigh(input, false);
		while (processorTime() < until && this.#executions < this.#wish.runs && this.#faults.size < mostFindings) {
			await this.#round();
		}
		return { executions: this.#executions, reached: this.#pool.reached, best: this.#pool.best() };
	}

	/** A batch; what of it reaches anything new is tried again one by one. */
	async #round(): Promise<void> {
		const inputs: Buffer[] = [];
		const marked = new Set<Buffer>();
		// Made one by one: the time that it takes to make many would be laid to the last one that was tried.
		while (inputs.length < batch) {
			const input = mutate(this.#choose(), this.#target, this.#material());
			inputs.push(input);
			const marks = await this.#try(input);
			if (this.#pool.news(new Set(), marks).size > 0) marked.add(input);
		}
		const grown = this.#pool.news(this.#coverage.take()).size > 0;
		for (const input of grown ? inputs : marked) await this.#weigh(input, true);
		await this.#grow();
		this.#coverage.take();
	}

	/** By chance of its own: how often it is needed depends on times, and the inputs of a seed must not. */
	async #grow(): Promise<void> {
		const random = new Random(this.#wish.seed + ++this.#rounds);
		const finding = await growth(this.#watched(), this.#choose(), { ...this.#material(), random });
		if (finding) await this.#report(finding);
	}

	/** The target, telling of every input before it is tried. */
	#watched(): Target {
		const { check, ...target } = this.#target;
		return {
			...target,
			check: (input) => {
				this.#listener.onInput(input);
				this.#executions++;
				return check(input);
			},
		};
	}

	/** Newer inputs more often: what was reached last is least explored. */
	#choose(): Buffer {
		const { inputs } = this.#pool;
		const from = this.#random.once(2) ? Math.floor(inputs.length / 2) : 0;
		return inputs[from + this.#random.below(inputs.length - from)]?.input ?? Buffer.alloc(0);
	}

	#material(): Material {
		return { random: this.#random, words: this.#target.words, other: this.#choose() };
	}

	async #try(input: Buffer): Promise<readonly string[]> {
		this.#executions++;
		this.#listener.onInput(input);
		const { marks, finding } = await attempt(this.#target, input);
		if (finding) await this.#report(finding);
		return marks;
	}

	/** Keeps an input that reaches something new, made small first. */
	async #weigh(input: Buffer, small: boolean): Promise<void> {
		this.#coverage.take();
		const marks = await this.#try(input);
		const ran = this.#coverage.take();
		const news = this.#pool.news(ran, marks);
		if (news.size === 0) return;
		const best = small ? await this.#smaller(input, news) : input;
		this.#listener.onKept(best);
		if (best === input) return this.#pool.add(input, ran, marks);
		this.#coverage.take();
		const itsMarks = await this.#try(best);
		this.#pool.add(best, this.#coverage.take(), itsMarks);
	}

	async #smaller(input: Buffer, news: ReadonlySet<string>): Promise<Buffer> {
		return await minimise(input, async (smaller) => {
			this.#coverage.take();
			const marks = await this.#try(smaller);
			return news.isSubsetOf(this.#pool.news(this.#coverage.take(), marks));
		});
	}

	async #report(finding: Finding): Promise<void> {
		const fault = faultOf(finding);
		if (this.#faults.has(fault)) return;
		this.#faults.add(fault);
		await this.#listener.onFinding(finding);
	}
}
