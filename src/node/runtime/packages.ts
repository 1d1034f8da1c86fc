import { readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

import { withRegularFile } from '../regularFile.ts';
import { resolveBelow, unlessExhausted } from '../root.ts';

/** A package that is installed on the node. */
export interface InstalledPackage {
	readonly name: string;
	/** As the packager writes it: `1.7.27-1`. */
	readonly version: string;
	/** The database that says so. */
	readonly file: string;
}

/** Larger than the database of any node: that of a desktop has 5 MB. */
const mostBytes = 64 * 1024 ** 2;
const chunkBytes = 256 * 1024;
const mostEntry = 1024 ** 2;

/** The databases that are plain text, and how their fields are called. rpm's is none: it is not read. */
const databases = [
	{ file: '/var/lib/dpkg/status', name: 'Package', version: 'Version', status: 'Status' },
	{ file: '/lib/apk/db/installed', name: 'P', version: 'V' },
	{ file: '/usr/lib/apk/db/installed', name: 'P', version: 'V' },
] as const;

/**
 * The first of these packages that the node's package database has as installed: dpkg's (deb-control(5)) or apk's
 * (https://wiki.alpinelinux.org/wiki/Apk_spec). A database that cannot be read counts as absent. Throws only when this
 * process is out of descriptors.
 */
export function installedPackage(root: string, names: readonly string[]): InstalledPackage | undefined {
	for (const database of databases) {
		const found = new Map<string, string>();
		const read = (file: number) => {
			for (const entry of entriesOf(file)) {
				const about = packageIn(entry, database);
				if (about && names.includes(about.name)) found.set(about.name, about.version);
			}
		};
		unlessExhausted(() => withRegularFile(resolveBelow(root, database.file), read));
		const name = names.find((one) => found.has(one));
		if (name !== undefined) return { name, version: found.get(name) ?? '', file: database.file };
	}
	return undefined;
}

interface FieldNames {
	readonly name: string;
	readonly version: string;
	readonly status?: string;
}

/** Name and version of an entry; undefined when it has none, or is not installed. */
export function packageIn(entry: string, names: FieldNames): { name: string; version: string } | undefined {
	const fields = new Map<string, string>();
	for (const line of entry.split('\n', 2000)) {
		const [, key, value = ''] = /^([\w-]{1,40}):[ \t]*(.{0,200})/.exec(line) ?? [];
		if (key !== undefined && !fields.has(key)) fields.set(key, value.trim());
	}
	const name = fields.get(names.name);
	const version = fields.get(names.version);
	if (name === undefined || version === undefined) return undefined;
	const installed = names.status === undefined || (fields.get(names.status) ?? ' installed').endsWith(' installed');
	return installed ? { name, version } : undefined;
}

/** The entries of an open database, which stand between empty lines; a piece at a time, because it can be large. */
function* entriesOf(file: number): Generator<string> {
	const decoder = new StringDecoder('utf8');
	const buffer = Buffer.alloc(chunkBytes);
	let rest = '';
	for (let at = 0; at < mostBytes;) {
		const read = readSync(file, buffer, 0, chunkBytes, at);
		if (read === 0) break;
		at += read;
		const entries = (rest + decoder.write(buffer.subarray(0, read))).split('\n\n');
		rest = (entries.pop() ?? '').slice(0, mostEntry);
		yield* entries;
	}
	yield rest;
}
