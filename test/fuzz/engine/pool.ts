import type { Marks } from '../target.ts';

/** An input that reaches something. */
export interface Kept {
	readonly input: Buffer;
	/** The pieces of code and the marks that it reaches. */
	readonly reaches: ReadonlySet<string>;
}

/** Most inputs that are kept of one target in the repository. */
const mostFiles = 9;
const mostBytes = 6 * 1024;

/** The inputs that a campaign goes on from, and all that they reach together. */
export class Pool {
	readonly inputs: Kept[] = [];
	readonly #reached = new Set<string>();

	get reached(): number {
		return this.#reached.size;
	}

	/** What of this no input has reached yet. */
	news(ran: ReadonlySet<string>, marks: Marks = []): ReadonlySet<string> {
		return reachesOf(ran, marks).difference(this.#reached);
	}

	add(input: Buffer, ran: ReadonlySet<string>, marks: Marks): void {
		const reaches = reachesOf(ran, marks);
		this.inputs.push({ input, reaches });
		for (const one of reaches) this.#reached.add(one);
	}

	/** The few inputs that reach most, each of which reaches what those before do not. */
	best(): readonly Buffer[] {
		const chosen: Buffer[] = [];
		let left: ReadonlySet<string> = this.#reached;
		const candidates = this.inputs.filter(({ input }) => input.length <= mostBytes);
		while (chosen.length < mostFiles && left.size > 0) {
			const worth = (one: Kept) => one.reaches.intersection(left).size;
			const [first] = candidates
				.map((one) => ({ one, worth: worth(one) }))
				.toSorted((a, b) => b.worth - a.worth || a.one.input.length - b.one.input.length);
			if (!first || first.worth === 0) break;
			chosen.push(first.one.input);
			left = left.difference(first.one.reaches);
		}
		return chosen;
	}
}

function reachesOf(ran: ReadonlySet<string>, marks: Marks): ReadonlySet<string> {
	return new Set([...ran, ...marks.map((mark) => `= ${mark}`)]);
}
