/** The way to a value: keys and positions in lists. */
export type Path = readonly (string | number)[];

/** Where a value stands in the file. Lines and columns count from 1. */
export interface Place {
	/** Of the key; of the value itself in a list. */
	readonly key: Position;
	readonly value: Position;
	/** A single value as it stands in the file, before variables were put in; absent for lists, maps and nothing. */
	readonly written?: string;
	/** The value is a text, not a number, true or false. */
	readonly isText: boolean;
	/** Some of the value came from the environment. */
	readonly interpolated: boolean;
}

export interface Position {
	readonly line: number;
	readonly column: number;
}

/** `registries[2].interval`, as people read and search it. */
export function pathText(path: Path): string {
	return path.reduce<string>((text, part) => {
		if (typeof part === 'number') return `${text}[${part}]`;
		const key = /^[\w-]{1,60}$/.test(part) ? part : JSON.stringify(part.slice(0, 60));
		return text === '' ? key : `${text}.${key}`;
	}, '');
}

/** By `pathText`. */
export type Places = ReadonlyMap<string, Place>;
