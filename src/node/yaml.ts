import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A value of a YAML or JSON file with the line where it stands. */
export interface Lined {
	/** From 1; of a value in a map, the line of its key. */
	readonly line: number;
	readonly value: string | number | boolean | null | readonly Lined[] | ReadonlyMap<string, Lined>;
}

/** Why a text is no YAML. */
export interface NotYaml {
	readonly line: number;
	readonly why: string;
}

const deepest = 30;
const mostValues = 50_000;

/** Reads YAML 1.2, or JSON, of one document. Aliases are not followed: no tool writes them here. Never throws. */
export function readYaml(text: string): Lined | NotYaml {
	const lines = new LineCounter();
	const lineOf = (node: Node | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line || 1;
	let values = 0;
	const plain = (node: Node | null | undefined, depth: number): Lined => {
		const line = lineOf(node);
		values += 1;
		if (values > mostValues || depth > deepest) throw new RangeError('too much');
		if (isScalar(node)) return { line, value: scalar(node.value) };
		if (isSeq<Node>(node)) return { line, value: node.items.map((item) => plain(item, depth + 1)) };
		if (!isMap<Node, Node>(node)) return { line, value: null };
		const pairs = new Map<string, Lined>();
		for (const { key, value } of node.items) {
			const name = isScalar(key) ? String(key.value) : '';
			if (pairs.has(name)) throw new Twice(lineOf(key));
			pairs.set(name, { ...plain(value, depth + 1), line: lineOf(key) });
		}
		return { line, value: pairs };
	};
	try {
		// The library looks for a key that stands twice by comparing each with each.
		const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
		const document = parseDocument<Node>(text, options);
		const [error] = document.errors;
		// The rest of the message may quote the file, which may hold secrets.
		if (error) return { line: lines.linePos(error.pos[0]).line || 1, why: `it is no YAML (${error.code})` };
		return plain(document.contents, 0);
	} catch (error) {
		if (error instanceof Twice) return { line: error.line, why: 'it is no YAML (DUPLICATE_KEY)' };
		// Nesting without end, or too many values.
		return { line: 1, why: 'it is nested too deeply, or too large' };
	}
}

/** A key that stands twice in one map. */
class Twice extends Error {
	override readonly name = 'Twice';
	readonly line: number;

	constructor(line: number) {
		super();
		this.line = line;
	}
}

function scalar(value: unknown): string | number | boolean | null {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
