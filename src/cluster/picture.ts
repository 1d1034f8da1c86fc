import { isDeepStrictEqual } from 'node:util';

/** What the picture tells one object from another by. */
export interface Known {
	readonly uid: string;
}

/** The objects of a watch as they are now, as many as are looked at. */
export class Picture<T extends Known> {
	readonly #most: number;
	#objects = new Map<string, T>();
	#incomplete = false;

	constructor(most: number) {
		this.#most = most;
	}

	get objects(): readonly T[] {
		return [...this.#objects.values()];
	}

	/** There were more than are looked at: when others go, only a new list tells who was left out. */
	get incomplete(): boolean {
		return this.#incomplete;
	}

	/** Takes over a list. Gives whether anything changed. */
	replace(objects: readonly T[], complete: boolean): boolean {
		const before = this.#objects;
		this.#objects = new Map(objects.slice(0, this.#most).map((object) => [object.uid, object]));
		this.#incomplete = !complete || objects.length > this.#most;
		return !isDeepStrictEqual([...before.values()], this.objects);
	}

	/** Takes in an object that is new or has changed. Gives whether anything changed. */
	put(object: T): boolean {
		const before = this.#objects.get(object.uid);
		if (!before && this.#objects.size >= this.#most) {
			this.#incomplete = true;
			return false;
		}
		this.#objects.set(object.uid, object);
		return !isDeepStrictEqual(before, object);
	}

	/** Forgets an object. Gives whether it was there. */
	remove(uid: string): boolean {
		return this.#objects.delete(uid);
	}
}
