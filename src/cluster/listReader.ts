import { isRecord, parseJson } from '../registry/json.ts';
import { ApiFailure } from './apiFailure.ts';

/** Characters of one object that are read; etcd takes no more than 1.5 MiB. */
export const mostOfObject = 8 * 1024 * 1024;
/** Characters around the objects of a list. */
const mostOfEnvelope = 64 * 1024;

/** What matters outside of a text, and inside of one. */
const structure = /["{}[\]]/g;
const textual = /["\\]/g;
const itemsOpen = /"items"\s*:\s*\[$/;

/** What a list says beside its objects. */
export interface ListEnd {
	/** Where a watch begins that misses nothing after this list. */
	readonly version: string;
	/** Names the next page; empty on the last. */
	readonly next: string;
}

/**
 * Cuts a list of the Kubernetes API into its objects while it arrives, so that a list of 500 pods never is in memory as a
 * whole: neither its 5 MB of text nor the 25 MB that JSON.parse makes of it. An object that is too long is passed over.
 */
export class ListReader {
	#envelope = '';
	#object = '';
	#tooLong = false;
	/** Braces and brackets that are open. */
	#depth = 0;
	#inItems = false;
	#inText = false;
	/** The next piece begins with a character that a backslash has taken the meaning from. */
	#escaped = false;
	/** How much of the present piece has been put away. */
	#done = 0;

	/** The texts of the objects that end in this piece. Throws `ApiFailure` for what cannot be a list. */
	push(piece: string): readonly string[] {
		const whole: string[] = [];
		let at = this.#escaped ? 1 : 0;
		this.#done = 0;
		for (let mark = this.#next(piece, at); mark >= 0; mark = this.#next(piece, at)) {
			at = mark + 1;
			const character = piece.charAt(mark);
			if (character === '"') this.#inText = !this.#inText;
			else if (character === '\\') at += 1;
			else if (character === '{' || character === '[') this.#open(piece, mark);
			else whole.push(...this.#close(piece, mark));
		}
		this.#escaped = at > piece.length;
		const rest = piece.slice(this.#done);
		if (!this.#inItems) this.#surround(rest);
		else if (this.#depth > 2) this.#hold(rest);
		return whole;
	}

	/** What the list says beside its objects, when all of it has come. Throws `ApiFailure` for what was no list. */
	end(): ListEnd {
		const list = parseJson(this.#envelope);
		const metadata = isRecord(list) ? list['metadata'] : undefined;
		const version = isRecord(metadata) ? metadata['resourceVersion'] : undefined;
		if (!isRecord(metadata) || typeof version !== 'string') throw noList();
		const next = metadata['continue'];
		return { version, next: typeof next === 'string' ? next : '' };
	}

	#next(piece: string, from: number): number {
		const marks = this.#inText ? textual : structure;
		marks.lastIndex = from;
		return marks.exec(piece)?.index ?? -1;
	}

	#open(piece: string, mark: number): void {
		if (this.#inItems) {
			// What stands between objects says nothing.
			if (this.#depth === 2) this.#done = mark;
		} else if (this.#depth === 1) {
			this.#surround(piece.slice(this.#done, mark + 1));
			this.#done = mark + 1;
			this.#inItems = itemsOpen.test(this.#envelope.slice(-60));
		}
		this.#depth += 1;
	}

	/** The object that ends here, if one does. */
	#close(piece: string, mark: number): readonly string[] {
		this.#depth -= 1;
		if (!this.#inItems || this.#depth > 2) return [];
		if (this.#depth < 2) {
			this.#inItems = false;
			this.#done = mark;
			return [];
		}
		this.#hold(piece.slice(this.#done, mark + 1));
		this.#done = mark + 1;
		const whole = this.#tooLong ? [] : [this.#object];
		this.#object = '';
		this.#tooLong = false;
		return whole;
	}

	#hold(text: string): void {
		this.#tooLong ||= this.#object.length + text.length > mostOfObject;
		this.#object = this.#tooLong ? '' : this.#object + text;
	}

	#surround(text: string): void {
		this.#envelope += text;
		if (this.#envelope.length > mostOfEnvelope) throw noList();
	}
}

const noList = () => new ApiFailure('the answer is no list of the API');
