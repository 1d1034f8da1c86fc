import { readdirSync } from 'node:fs';
import { posix } from 'node:path';

import { readBelow, resolveBelow, unlessExhausted } from './root.ts';

/** Where Go looks for certificates, the first file that exists (https://go.dev/src/crypto/x509/root_linux.go). */
const files = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/pki/tls/cacert.pem',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/cert.pem',
];
/** … and beside it every file in these directories. */
const directories = ['/etc/ssl/certs', '/etc/pki/tls/certs'];
const maximumFiles = 2000;

/** The certificates that a Go program on this node trusts. */
export interface Bundle {
	/** PEM blocks without duplicates. */
	readonly certificates: readonly string[];
	/** The file that gave most of them, for people; `none` when nothing was found. */
	readonly source: string;
}

/** Reads the node's CA bundle below `root`. An unreadable file counts as absent, as for Go. Throws as `readBelow` does. */
export function readBundle(root: string): Bundle {
	const found = new Set<string>();
	let source = 'none';
	for (const file of files) {
		const text = readBelow(root, file);
		if (text === undefined) continue;
		for (const block of pemBlocks(text)) found.add(block);
		source = file;
		break;
	}
	for (const file of directories.flatMap((directory) => filesIn(root, directory))) {
		if (file === source) continue;
		for (const block of pemBlocks(readBelow(root, file) ?? '')) found.add(block);
	}
	return { certificates: [...found], source };
}

/** The certificates in a PEM text, each normalised so that equal ones are equal texts. */
export function pemBlocks(text: string): string[] {
	const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
	return [...blocks].map(([, body = '']) => {
		const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
		return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
	});
}

function filesIn(root: string, directory: string): string[] {
	const names = unlessExhausted(() => readdirSync(resolveBelow(root, directory)).toSorted()) ?? [];
	return names.slice(0, maximumFiles).map((name) => posix.join(directory, name));
}
