import { lstatSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

import {
	type Bundle,
	readTrust,
	type Trust,
	type TrustEnvironment,
	type TrustSources,
	trustSources,
} from './bundle.ts';
import { resolveBelow } from './root.ts';

/**
 * A reader of what the node below `root` trusts: each call gives the present state, and the same objects while nothing
 * has changed. Throws as `readTrust` does; what it gave before then still counts as read.
 */
export function createTrust(root: string, environment: () => TrustEnvironment): () => Trust {
	let known: { readonly trust: Trust; readonly stamp: Stamp; readonly mark?: string } | undefined;
	return () => {
		const variables = environment();
		if (known && known.stamp(variables) === known.mark) return known.trust;
		const sources = trustSources(root, variables);
		const stamp = stampOf(root, sources);
		// Before the files are read and listed for good: what changes meanwhile is noticed next time.
		const mark = stamp(variables);
		const now = trustSources(root, variables);
		const trust = readTrust(root, now);
		const settled = now.entries.join('\n') === sources.entries.join('\n');
		const bundle = sameOr(known?.trust.bundle, trust.bundle);
		known = { trust: { ...trust, bundle }, stamp, ...(settled && { mark }) };
		return known.trust;
	};
}

/** Gives a text that changes with every file, directory, link and variable that counts. */
type Stamp = (environment: TrustEnvironment) => string;

/** Notices a rename, a link that is set anew and a file that is written in place. */
function stampOf(root: string, { files: usual, directories: listed, entries }: TrustSources): Stamp {
	const places = [...usual, ...listed];
	const links = new Set<string>();
	const files = entries.map((path) => realPath(root, path, (link) => links.add(link)));
	// A link in one of the directories cannot change unless the directory does.
	const directories = new Set(places.map((path) => realPath(root, path)));
	const others = [...links].filter((link) => !directories.has(dirname(link)));
	return ({ SSL_CERT_FILE: file = '', SSL_CERT_DIR: directory = '' }) => {
		// Resolved each time: what is not there may come through a new link.
		const present = places.map((path) => realPath(root, path));
		const marks = [...present, ...files].map((path) => `${path} ${markOf(() => statSync(path, quiet))}`);
		return [file, directory, ...marks, ...others.map((path) => markOf(() => lstatSync(path, quiet)))].join('\n');
	};
}

const quiet = { throwIfNoEntry: false } as const;
/** The clock of file systems goes in steps of up to 10 ms: two changes within one step leave the same times. */
const clockStep = 25;

function markOf(look: () => Stats | undefined): string {
	try {
		const found = look();
		if (!found) return '';
		const { dev, ino, size, mode, mtimeMs, ctimeMs } = found;
		// A young file is another one when it has come of age, and so is read again.
		const age = Math.abs(Date.now() - ctimeMs) < clockStep ? 'young' : 'settled';
		return [dev, ino, size, mode, mtimeMs, ctimeMs, age].join(' ');
	} catch {
		return '';
	}
}

function realPath(root: string, path: string, onLink?: (link: string) => void): string {
	try {
		return resolveBelow(root, path, onLink);
	} catch {
		return path;
	}
}

/** The old bundle where the new one says the same: what was made of it can be used on. */
function sameOr(old: Bundle | undefined, now: Bundle): Bundle {
	const { certificates } = now;
	const same = old?.source === now.source && old.certificates.length === certificates.length;
	return same && certificates.every((certificate, at) => certificate === old.certificates[at]) ? old : now;
}
