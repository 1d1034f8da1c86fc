/** What a target says of a result in a few words: a new one is as good a reason to keep an input as new code is. */
export type Marks = readonly string[];

/** A parser of text from outside, with the contract that it is held to. */
export interface Target {
	/** As it is called on the command line, and the directory of its corpus: `challenge`. */
	readonly name: string;
	/** The file that is tried: `src/registry/challenge.ts`. */
	readonly source: string;
	/** Who writes such texts: `a registry`. */
	readonly writer: string;
	/** Texts to begin with, each of another kind. */
	readonly seeds: readonly (string | Buffer)[];
	/** Words that mean something to the parser. */
	readonly words: readonly string[];
	/** How inputs are taken apart; `text` where nothing is said. */
	readonly shape?: 'text' | 'lines' | 'json' | 'bytes';
	/** The longest input that the parser is ever given, in bytes; 64 KiB where nothing is said. */
	readonly most?: number;
	/** Makes an input what the parser looks at more closely: right lengths, right numbers. */
	readonly repair?: (input: Buffer) => Buffer;
	/** Reads an input and holds the result against the contract. Throws for every breach, by `Breach` or what the parser threw. */
	readonly check: (input: Buffer) => Marks | Promise<Marks>;
}

/** A result that the contract does not allow. */
export class Breach extends Error {
	override readonly name = 'Breach';
}
