import { printable } from '../../registry/redact.ts';
import type { Place } from '../fault.ts';
import { Refusal } from '../refusal.ts';
import type { TomlTable, TomlValue } from '../toml.ts';
import type { Placed } from './facts.ts';

/** As long as a path on Linux can be, in characters. */
const mostPath = 4096;

/** A setting with which its file is refused as a whole. */
export class InvalidSetting extends Refusal {
	override readonly name = 'InvalidSetting';
}

/**
 * Typed settings of a TOML table, by the rules of the library that CRI-O and containers/image read TOML with
 * (https://pkg.go.dev/github.com/BurntSushi/toml): a key that is written in other letters counts too, a value of another
 * type refuses the whole file. All but `unknown` throw `InvalidSetting` for such a value.
 */
export class Settings {
	readonly #table: TomlTable;
	readonly #file: string;
	/** The line of the table. */
	readonly line: number;

	constructor(table: TomlTable, file: string, line = 1) {
		this.#table = table;
		// Names of files come from the node as well.
		this.#file = printable(file, mostPath);
		this.line = line;
	}

	place(line = this.line): Place {
		return { file: this.#file, line };
	}

	has(name: string): boolean {
		return this.#find(name) !== undefined;
	}

	text(name: string): Placed<string> | undefined {
		return this.#typed(name, 'a text', (value) => (typeof value === 'string' ? value : undefined));
	}

	flag(name: string): Placed<boolean> | undefined {
		return this.#typed(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
	}

	texts(name: string): Placed<readonly string[]> | undefined {
		return this.#typed(name, 'an array of texts', (value) => {
			if (!Array.isArray(value)) return undefined;
			const texts = value.map(({ value: element }: TomlValue) => (typeof element === 'string' ? element : undefined));
			return texts.every((text) => text !== undefined) ? texts : undefined;
		});
	}

	/** A text or a whole number. */
	textOrNumber(name: string): Placed<string | number> | undefined {
		return this.#typed(name, 'a text or a number', (value) =>
			typeof value === 'string' || typeof value === 'number' ? value : undefined,
		);
	}

	table(name: string): Settings | undefined {
		const found = this.#typed(name, 'a table', (value) => (value instanceof Map ? value : undefined));
		return found && new Settings(found.value, this.#file, found.source.line);
	}

	/** An array of tables: `[[name]]`. */
	tables(name: string): readonly Settings[] | undefined {
		return this.#typed(name, `an array of tables: [[${name}]]`, (value) => {
			if (!Array.isArray(value)) return undefined;
			const tables = value.map((entry: TomlValue) =>
				entry.value instanceof Map ? new Settings(entry.value, this.#file, entry.line) : undefined,
			);
			return tables.every((table) => table !== undefined) ? tables : undefined;
		})?.value;
	}

	/** The keys of the table, each as it is written. */
	keys(): readonly string[] {
		return [...this.#table.keys()];
	}

	/** Keys that nobody reads. */
	unknown(known: readonly string[]): readonly Placed<string>[] {
		return [...this.#table]
			.filter(([key]) => !known.includes(key.toLowerCase()))
			.map(([key, { line }]) => ({ value: key, source: this.place(line) }));
	}

	#typed<T>(name: string, wanted: string, read: (value: TomlValue['value']) => T | undefined): Placed<T> | undefined {
		const found = this.#find(name);
		if (!found) return undefined;
		const value = read(found.value);
		if (value === undefined) throw new InvalidSetting(`${name} must be ${wanted}`, found.line);
		return { value, source: this.place(found.line) };
	}

	#find(name: string): TomlValue | undefined {
		const exact = this.#table.get(name);
		if (exact) return exact;
		for (const [key, value] of this.#table) if (key.toLowerCase() === name) return value;
		return undefined;
	}
}
