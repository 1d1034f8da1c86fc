import { posix } from 'node:path';

import { type Certificates, readCertificates } from '../registry/certificates.ts';
import { listCertificateFiles } from './certificateFiles.ts';
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

/** A bundle, and what is wrong with it. */
export interface Trust {
	readonly bundle: Bundle;
	/** At most ten, and `trust_empty`. */
	readonly faults: readonly NodeFault[];
}

/** What a bundle is made of. */
export interface TrustSources {
	/** The first that can be read counts. */
	readonly files: readonly string[];
	/** All count. */
	readonly directories: readonly string[];
	/** The files in those directories. */
	readonly entries: readonly string[];
	/** Directories that cannot be listed. */
	readonly faults: readonly NodeFault[];
}

/** Where a Go program looks that runs on the node with this environment. Throws as `listCertificateFiles` does. */
export function trustSources(root: string, environment: TrustEnvironment = {}): TrustSources {
	const { SSL_CERT_FILE: file = '', SSL_CERT_DIR: list = '' } = environment;
	const named = list.split(':').filter((path) => path !== '');
	const directories = list === '' ? usualDirectories : named.map(absolute);
	const listings = directories.map((directory) => listCertificateFiles(root, directory));
	return {
		files: file === '' ? usualFiles : [absolute(file)],
		directories,
		entries: listings.flatMap(({ files }) => files),
		faults: listings.flatMap(({ fault }) => fault ?? []),
	};
}

/** Reads what a Go program trusts. What Go passes over without a word is a fault here. Throws as `readNodeFile` does. */
export function readTrust(root: string, sources: TrustSources): Trust {
	const { files, entries } = sources;
	const first = firstReadable(root, files);
	const found = new Set(first.certificates);
	const faults = [...first.faults];
	for (const entry of entries) {
		if (entry === first.file) continue;
		const part = readEntry(root, entry, found);
		for (const certificate of part.certificates) found.add(certificate);
		faults.push(...part.faults);
	}
	const nothing = found.size === 0 ? [empty(first.file ?? files[0] ?? '/')] : [];
	return {
		bundle: { certificates: [...found].slice(0, mostCertificates), source: first.file ?? 'none' },
		faults: [...nothing, ...[...faults, ...sources.faults].slice(0, mostFaults)],
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
function firstReadable(root: string, files: readonly string[]): Part {
	const faults: NodeFault[] = [];
	for (const path of files) {
		const file = readNodeFile(root, path);
		if (file.state === 'unreadable') faults.push(file.fault);
		if (file.state === 'missing' && files !== usualFiles) faults.push(gone(path));
		if (file.state !== 'read') continue;
		const found = readCertificates(file.text);
		return { file: path, certificates: found.certificates, faults: [...faults, ...faultsOf(path, found, true)] };
	}
	return { certificates: [], faults };
}

function readEntry(root: string, path: string, known: ReadonlySet<string>): Part {
	const file = readNodeFile(root, path);
	if (file.state !== 'read') return { certificates: [], faults: file.state === 'missing' ? [] : [file.fault] };
	const found = readCertificates(file.text, known);
	return { certificates: found.certificates, faults: faultsOf(path, found, false) };
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

function empty(file: string): NodeFault {
	return {
		file,
		fault: 'trust_empty',
		detail: 'the runtime trusts no certificate on this node: TLS succeeds only where a host has a CA of its own',
	};
}
