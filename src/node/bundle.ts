import { posix } from 'node:path';

import { type Certificates, readCertificates } from './certificate.ts';
import { listCertificateFiles } from './directory.ts';
import type { NodeFault } from './fault.ts';
import { readNodeFile } from './nodeFile.ts';

/** Where Go looks for certificates: the first file that can be read (https://go.dev/src/crypto/x509/root_linux.go). */
const usualFiles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/pki/tls/cacert.pem',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/cert.pem',
];
/** … and beside it every file in these directories. */
const usualDirectories = ['/etc/ssl/certs', '/etc/pki/tls/certs'];
const mostCertificates = 10_000;
const mostFaults = 10;

/** The certificates that a Go program on this node trusts. */
export interface Bundle {
	/** PEM blocks without duplicates, at most 10,000. */
	readonly certificates: readonly string[];
	/** The file that was read first, for people; `none` where only directories were left, or nothing. */
	readonly source: string;
}

/** The variables of the runtime's environment that name other files (https://pkg.go.dev/crypto/x509#SystemCertPool). */
export interface TrustEnvironment {
	/** Read in place of the usual files. */
	readonly SSL_CERT_FILE?: string | undefined;
	/** Directories with `:` between them, read in place of the usual ones. */
	readonly SSL_CERT_DIR?: string | undefined;
}

/** A bundle, what is wrong with it, and what it was made of. */
export interface Trust {
	readonly bundle: Bundle;
	/** At most ten, and `trust_empty`. */
	readonly faults: readonly NodeFault[];
	/** Files and directories of the node that were looked for, whether they are there or not. */
	readonly places: readonly string[];
	/** The files in those directories. */
	readonly entries: readonly string[];
}

/**
 * Reads what a Go program trusts that runs on the node with this environment. What Go passes over without a word is a
 * fault here. Throws as `readNodeFile` does.
 */
export function readTrust(root: string, environment: TrustEnvironment = {}): Trust {
	const named = environment.SSL_CERT_FILE ? [absolute(environment.SSL_CERT_FILE)] : undefined;
	const directories = environment.SSL_CERT_DIR?.split(':').filter((it) => it !== '') ?? [];
	const candidates = named ?? usualFiles;
	const places = environment.SSL_CERT_DIR ? directories.map(absolute) : usualDirectories;
	const first = firstReadable(root, candidates, named !== undefined);
	const listings = places.map((directory) => listCertificateFiles(root, directory));
	const entries = listings.flatMap(({ files }) => files);
	const others = entries.filter((file) => file !== first.file).map((file) => readEntry(root, file));
	const found = new Set([first, ...others].flatMap(({ certificates }) => certificates));
	const faults = [first, ...others].flatMap((it) => it.faults);
	const unlisted = listings.flatMap(({ fault }) => fault ?? []);
	return {
		bundle: { certificates: [...found].slice(0, mostCertificates), source: first.file ?? 'none' },
		faults: [
			...(found.size === 0 ? [nothing(first.file ?? candidates[0] ?? '/')] : []),
			...[...faults, ...unlisted].slice(0, mostFaults),
		],
		places: [...candidates, ...places],
		entries,
	};
}

/** A runtime's working directory is `/`, as a rule. */
const absolute = (path: string) => posix.resolve('/', path);

interface Part {
	readonly file?: string;
	readonly certificates: readonly string[];
	readonly faults: readonly NodeFault[];
}

/** The first file that can be read ends the search, whatever is in it. */
function firstReadable(root: string, files: readonly string[], named: boolean): Part {
	const faults: NodeFault[] = [];
	for (const path of files) {
		const file = readNodeFile(root, path);
		if (file.state === 'unreadable') faults.push(file.fault);
		if (file.state === 'missing' && named) faults.push(gone(path));
		if (file.state !== 'read') continue;
		const found = readCertificates(file.text);
		return { file: path, certificates: found.certificates, faults: [...faults, ...faultsOf(path, found, true)] };
	}
	return { certificates: [], faults };
}

function readEntry(root: string, path: string): Part {
	const file = readNodeFile(root, path);
	if (file.state === 'unreadable') return { file: path, certificates: [], faults: [file.fault] };
	const found = file.state === 'read' ? readCertificates(file.text) : undefined;
	return { file: path, certificates: found?.certificates ?? [], faults: found ? faultsOf(path, found, false) : [] };
}

/** Files in a directory may be what they like; the bundle should hold certificates. */
function faultsOf(file: string, { certificates, broken }: Certificates, bundle: boolean): NodeFault[] {
	const invalid = (detail: string): NodeFault[] => [{ file, fault: 'file_invalid', detail }];
	if (broken > 0) {
		const count = `${broken} of ${broken + certificates.length} certificates`;
		return invalid(`${count} in it cannot be used; the runtime passes over them without a word`);
	}
	if (!bundle || certificates.length > 0) return [];
	return invalid('no PEM certificate is in it, and the runtime reads no other bundle in its place');
}

function gone(file: string): NodeFault {
	return { file, fault: 'file_unreadable', detail: 'SSL_CERT_FILE of the runtime names it, and it is not there' };
}

function nothing(file: string): NodeFault {
	return { file, fault: 'trust_empty', detail: 'the runtime trusts no certificate on this node: no TLS succeeds' };
}
