import { lstatSync, statSync, type Stats } from 'node:fs';

import { type Bundle, readTrust, type Trust, type TrustEnvironment } from './bundle.ts';
import { resolveBelow } from './root.ts';

/**
 * A reader of what the node below `root` trusts: each call gives the present state, and the same objects while nothing
 * has changed. Throws as `readTrust` does; what it gave before then still counts as read.
 */
export function createTrust(root: string, environment: () => TrustEnvironment): () => Trust {
	let known: { readonly trust: Trust; readonly stamp: Stamp; readonly mark: string } | undefined;
	return () => {
		const variables = environment();
		if (known && known.stamp(variables) === known.mark) return known.trust;
		// What is marked must have been so before it is read; which files count only reading tells.
		const stamp = stampOf(root, readTrust(root, variables));
		const mark = stamp(variables);
		const trust = readTrust(root, variables);
		known = { trust: { ...trust, bundle: sameOr(known?.trust.bundle, trust.bundle) }, stamp, mark };
		return known.trust;
	};
}

/** Gives a text that changes with every file, directory, link and variable that counts. */
type Stamp = (environment: TrustEnvironment) => string;

/** Notices a rename, a link that is set anew and a file that is written in place. */
function stampOf(root: string, { places, entries }: Trust): Stamp {
	const links = new Set<string>();
	const files = entries.map((path) => realPath(root, path, (link) => links.add(link)));
	return ({ SSL_CERT_FILE: file = '', SSL_CERT_DIR: directory = '' }) => {
		// Resolved each time: what is not there may come through a new link.
		const present = places.map((path) => realPath(root, path));
		const marks = [...present, ...files].map((path) => `${path} ${markOf(() => statSync(path, quiet))}`);
		return [file, directory, ...marks, ...[...links].map((path) => markOf(() => lstatSync(path, quiet)))].join('\n');
	};
}

const quiet = { throwIfNoEntry: false } as const;

function markOf(look: () => Stats | undefined): string {
	try {
		const found = look();
		return found ? [found.dev, found.ino, found.size, found.mtimeMs, found.ctimeMs, found.mode].join(' ') : '';
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
