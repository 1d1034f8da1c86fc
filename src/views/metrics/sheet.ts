import type { Exposition } from './accept.ts';
import type { Family } from './family.ts';
import { endings, headOf } from './text.ts';

/** Series that one scrape shows at most, unless told otherwise: room for 200 registry hosts with all that they can have. */
export const defaultSeriesLimit = 25_000;

/** Series of one family, as they are written. */
export interface Chunk {
	/** Whole lines. */
	readonly text: string;
	/** How many they are. */
	readonly series: number;
}

/** An exposition that grows family by family, as far as a number of series allows. */
export class Sheet {
	readonly #exposition: Exposition;
	#text = '';
	#room: number;
	#dropped = 0;

	constructor(exposition: Exposition, limit: number) {
		this.#exposition = exposition;
		this.#room = limit;
	}

	/** Series that found no room. */
	get dropped(): number {
		return this.#dropped;
	}

	/** Adds a family, unless it has no series; `undefined` is a chunk without any. */
	add(family: Family, chunks: readonly (Chunk | undefined)[]): void {
		let lines = '';
		// A plain loop: it runs for every family of every registry.
		for (const chunk of chunks) {
			if (!chunk) continue;
			lines += chunk.series <= this.#room ? chunk.text : firstLines(chunk.text, this.#room);
			const added = Math.min(chunk.series, this.#room);
			this.#room -= added;
			this.#dropped += chunk.series - added;
		}
		this.#write(family, lines);
	}

	/** The whole text, with a last family for which there is always room. */
	end(family: Family, chunk: Chunk | undefined): string {
		this.#write(family, chunk?.text ?? '');
		return this.#text + endings[this.#exposition];
	}

	#write(family: Family, lines: string): void {
		if (lines !== '') this.#text += headOf(family, this.#exposition) + lines;
	}
}

function firstLines(text: string, count: number): string {
	return text.split('\n', count).reduce((lines, line) => `${lines}${line}\n`, '');
}
