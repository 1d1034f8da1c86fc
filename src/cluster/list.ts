import { parseJson } from '../registry/json.ts';
import type { ApiAccess } from './access.ts';
import { ask, type Patience } from './ask.ts';
import { ListReader } from './listReader.ts';

/** Objects that are asked for at once, where the server heeds it: it need not when it answers from its cache. */
const pageSize = 100;
/** A server that always names a next page is not followed for ever. */
const mostPages = 100;
/** Characters of one page; none of them is kept. */
const mostOfPage = 256 * 1024 * 1024;
/** Milliseconds for a whole list. */
const longestList = 120_000;
const patience: Patience = { head: 30_000, quiet: 30_000 };

/** What is to be listed and watched. */
export interface Subject<T> {
	/** Path of the API with the selectors that narrow it down: `/api/v1/pods?fieldSelector=…`. */
	readonly path: string;
	/** What is kept of an object; undefined for one that cannot be read. */
	readonly trim: (object: unknown) => T | undefined;
	/** Objects that are looked at. */
	readonly most: number;
}

export interface Listed<T> {
	readonly objects: readonly T[];
	/** Every object was looked at. */
	readonly complete: boolean;
	/** Where a watch begins that misses nothing. */
	readonly version: string;
}

/**
 * All objects of the subject, page by page, from the API server's cache where it has one: asked of etcd, each of 1,000
 * nodes would have all pods of the cluster looked through
 * (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions). Throws `ApiFailure`.
 */
export async function list<T>(access: ApiAccess, subject: Subject<T>, signal: AbortSignal): Promise<Listed<T>> {
	const objects: T[] = [];
	const timely = AbortSignal.any([signal, AbortSignal.timeout(longestList)]);
	let asked = 'resourceVersion=0';
	let version = '';
	for (let page = 0; page < mostPages; page++) {
		const { path, trim, most } = subject;
		const reader = new ListReader();
		const pieces = ask(access, `${path}&limit=${pageSize}&${asked}`, { signal: timely, patience, most: mostOfPage });
		for await (const piece of pieces) {
			for (const text of reader.push(piece)) {
				const object = trim(parseJson(text));
				if (object !== undefined && objects.length <= most) objects.push(object);
			}
		}
		const end = reader.end();
		version = end.version;
		if (end.next === '' || objects.length > most) break;
		asked = `continue=${encodeURIComponent(end.next)}`;
	}
	return { objects: objects.slice(0, subject.most), complete: objects.length <= subject.most, version };
}
