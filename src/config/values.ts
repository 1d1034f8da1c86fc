import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';

import { aliasesIn } from './aliases.ts';
import { type Fault, Wrong } from './fault.ts';
import { isVariable } from './forms.ts';
import { type Environment, interpolate } from './interpolate.ts';
import { isHiding, type Path, pathKey, pathText, type Place, type Position, quotedKey } from './place.ts';

/** Stands for a value that has its fault already: nothing more is to be said about it. */
export const unusable = Symbol('unusable');

/** More values than a thousand registries need; an alias that repeats itself meets it soon. */
const maximumValues = 20_000;
const maximumDepth = 20;

const tooMuch = new Wrong('the file holds too many values', 'repeat less');
const unnamed = new Wrong('holds "${" without the name of a variable', 'write ${NAME}, or $${ for a plain ${');

interface Source {
	readonly file: string;
	readonly yaml: Document.Parsed;
	readonly positionAt: (offset: number) => Position;
	readonly environment: Environment;
}

/** Turns YAML nodes into plain values, remembers where each stands, and finds what is wrong with keys and variables. */
export class ValueReader {
	readonly places = new Map<string, Place>();
	readonly faults: Fault[] = [];
	readonly #source: Source;
	#values = 0;
	/** Most documents have none. */
	#aliases: ReadonlyMap<Alias, Node> | undefined;

	constructor(source: Source) {
		this.#source = source;
	}

	/** The value of a node; undefined for none. `key` is where its key stands, if it has one. */
	read(written: unknown, path: Path, key?: Position): unknown {
		const value = this.#position(written) ?? key ?? { line: 1, column: 1 };
		const node = isAlias(written) ? this.#target(written) : written;
		const place = { key: key ?? value, value, isText: false, interpolated: false };
		this.#values += 1;
		if (this.#values > maximumValues || path.length > maximumDepth) return this.#stop(value);
		if (isScalar(node)) return this.#scalar(node, path, place);
		this.places.set(pathKey(path), place);
		if (isAlias(written) && !node) return this.#lost(value, path);
		if (isMap(node)) return this.#map(node, path);
		return isSeq(node) ? node.items.map((item, index) => this.read(item, [...path, index])) : undefined;
	}

	#target(alias: Alias): Node | undefined {
		this.#aliases ??= aliasesIn(this.#source.yaml);
		return this.#aliases.get(alias);
	}

	#position(node: unknown): Position | undefined {
		const range: unknown = node !== null && typeof node === 'object' && 'range' in node ? node.range : undefined;
		return Array.isArray(range) && typeof range[0] === 'number' ? this.#source.positionAt(range[0]) : undefined;
	}

	#fault(position: Position, path: Path, { wrong, remedy }: Wrong): void {
		this.faults.push({ file: this.#source.file, ...position, path: pathText(path), wrong, remedy });
	}

	/** Said once: a value that repeats itself without end would say it for ever. */
	#stop(position: Position): typeof unusable {
		if (!this.faults.some(({ wrong }) => wrong === tooMuch.wrong)) this.#fault(position, [], tooMuch);
		return unusable;
	}

	#lost(position: Position, path: Path): typeof unusable {
		this.#fault(position, path, new Wrong('names an anchor that does not stand above', 'put the value in quotes'));
		return unusable;
	}

	#scalar(node: Scalar, path: Path, place: Place): unknown {
		if (node.value === null || node.value === undefined) {
			this.places.set(pathKey(path), place);
			return undefined;
		}
		if (typeof node.value !== 'string') {
			this.places.set(pathKey(path), { ...place, written: node.source ?? '' });
			return node.value;
		}
		const written = node.value;
		const { text, changed, missing, malformed } = interpolate(written, this.#source.environment);
		this.places.set(pathKey(path), { ...place, written, isText: true, interpolated: changed });
		const unset = new Set(missing.map((name) => (isVariable(name) && !isHiding(path) ? name : undefined)));
		for (const name of unset) this.#fault(place.value, path, lacks(name));
		if (malformed) this.#fault(place.value, path, unnamed);
		if (missing.length > 0 || malformed) return unusable;
		return changed && node.type === 'PLAIN' ? typed(text) : text;
	}

	#map(node: YAMLMap, path: Path): Record<string, unknown> {
		// Without a prototype, so that no key means anything to the language.
		const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
		for (const { key, value } of node.items) {
			const name = isScalar(key) ? String(key.value) : '';
			const position = this.#position(key) ?? { line: 1, column: 1 };
			const first = this.places.get(pathKey([...path, name]));
			if (first) {
				const quoted = quotedKey(path, name);
				const wrong = quoted === undefined ? 'a key stands twice' : `key ${quoted} stands twice`;
				this.#fault(position, path, new Wrong(wrong, `keep one; the first is on line ${first.key.line}`));
				continue;
			}
			const read = this.read(value, [...path, name], position);
			if (read !== undefined) result[name] = read;
		}
		return result;
	}
}

/** A variable that is not set. What stands between the braces may be the secret itself: such a name is not told. */
function lacks(name: string | undefined): Wrong {
	const plain = 'or write $${ for a plain ${';
	if (name === undefined) return new Wrong('the environment has no variable of this name', `set it, ${plain}`);
	return new Wrong(`the environment has no ${name}`, `set ${name}, ${plain}`);
}

/** An unquoted variable counts as if its value had been written in its place. */
function typed(text: string): unknown {
	if (text === 'true' || text === 'false') return text === 'true';
	return /^\d{1,15}$/.test(text) ? Number(text) : text;
}
