import { quotedWord } from '../../registry/quotable.ts';
import type { Lined } from '../yaml.ts';

/** Takes what is wrong, and the line where it is. */
export type Complain = (line: number, detail: string) => void;

/** The keys of one map, read with their types; what does not fit is complained about and counts as absent. */
export class Fields {
	readonly #map: ReadonlyMap<string, Lined>;
	readonly #line: number;
	readonly #complain: Complain;

	constructor({ value, line }: Lined, complain: Complain) {
		this.#map = value instanceof Map ? value : new Map();
		this.#line = line;
		this.#complain = complain;
		if (!(value instanceof Map)) complain(line, 'is no map');
	}

	get(key: string): Lined | undefined {
		return this.#map.get(key);
	}

	/** The line of a key, or of the map that lacks it. */
	lineOf(key: string): number {
		return this.#map.get(key)?.line ?? this.#line;
	}

	/** Complains about every key but these. */
	only(known: readonly string[]): void {
		for (const [key, { line }] of this.#map) {
			if (!known.includes(key)) this.#complain(line, `unknown key ${quotedWord(key, 'that is not shown')}`);
		}
	}

	text(key: string, need?: 'required'): string | undefined {
		const value = this.#map.get(key)?.value ?? null;
		if (typeof value === 'string' && value !== '') return value;
		if (value !== null && value !== '') this.#complain(this.lineOf(key), `${key} is no text`);
		else if (need) this.#complain(this.lineOf(key), `${key} is missing`);
		return undefined;
	}

	list(key: string): readonly Lined[] {
		const value = this.#map.get(key)?.value ?? null;
		if (Array.isArray(value)) return value as readonly Lined[];
		if (value !== null) this.#complain(this.lineOf(key), `${key} is no list`);
		return [];
	}

	texts(key: string): readonly string[] {
		return this.list(key).flatMap(({ value, line }) => {
			if (typeof value === 'string') return value;
			this.#complain(line, `${key} holds something that is no text`);
			return [];
		});
	}
}
