import { posix } from 'node:path';

import { readGoDuration } from '../../registry/goDuration.ts';
import { Secret } from '../../registry/secret.ts';
import type { Place } from '../fault.ts';
import type { TomlTable, TomlValue } from '../toml.ts';
import type { CertificateCheck } from './certificates.ts';
import type { CaFile, ClientFiles, Header, HostSettings, Rewrite, Setting } from './facts.ts';
import { namedAuthority, namedClient } from './namedFile.ts';
import { MistypedValue, flagAt, isList, tableAt, textsAt } from './typed.ts';

/** More files, headers or words than one host has; the others are not read. */
const most = 100;

/** What reading a hosts.toml needs beside its text. */
export interface HostsSurroundings {
	/** The file; relative paths in it begin at its directory. */
	readonly file: string;
	readonly certificates: CertificateCheck;
	/** Where a person wrote the host of this URL, or of the server. */
	readonly origin: (url?: string) => Place | undefined;
}

/**
 * Reads the keys of one host of a hosts.toml, or those of its server. Throws `MistypedValue` where containerd refuses
 * the file already while it decodes it; what it refuses later, host by host, stands in `refusal`.
 */
export function readHostSettings(table: TomlTable, line: number, surroundings: HostsSurroundings): HostSettings {
	const { file } = surroundings;
	const skipVerify = flagAt(table, 'skip_verify');
	const settings = {
		place: { file, line },
		capabilities: textsAt(table, 'capabilities')
			.slice(0, most)
			.map((word): Setting<string> => ({ value: word.value, place: { file, line: word.line } })),
		overridePath: flagAt(table, 'override_path')?.value ?? false,
		...(skipVerify ? { skipVerify: skipVerify.value } : {}),
		...dialTimeoutOf(table, file),
		rewrites: rewritesOf(table, file),
	};
	const headers = tableAt(table, 'header')?.value ?? new Map();
	try {
		return {
			...settings,
			...certificatesOf(table, surroundings),
			headers: [...headers].slice(0, most).map(([name, value]) => headerOf(name, value, file)),
		};
	} catch (error) {
		if (!(error instanceof MistypedValue)) throw error;
		return { ...settings, headers: [], refusal: { place: { file, line: error.line }, why: error.message } };
	}
}

function dialTimeoutOf(table: TomlTable, file: string): Pick<HostSettings, 'dialTimeout'> {
	const found = table.get('dial_timeout');
	if (!found || found.value === '') return {};
	// Versions that do not know the key do not mind its type either.
	const value = typeof found.value === 'string' ? readGoDuration(found.value) : undefined;
	return { dialTimeout: { value, place: { file, line: found.line } } };
}

/** A table of patterns; anything else is passed over, as it is by a containerd that does not know it. */
function rewritesOf(table: TomlTable, file: string): Rewrite[] {
	const found = table.get('rewrite')?.value;
	if (!(found instanceof Map)) return [];
	return [...(found as TomlTable)].slice(0, most).flatMap(([pattern, { value, line }]) => {
		return typeof value === 'string' ? [{ pattern, replacement: value, place: { file, line } }] : [];
	});
}

type Certificates = Pick<HostSettings, 'cas' | 'clients'>;

function certificatesOf(table: TomlTable, surroundings: HostsSurroundings): Certificates {
	const ca = table.get('ca');
	const client = table.get('client');
	return {
		...(ca ? { cas: casOf(ca, surroundings) } : {}),
		// An empty list of pairs is no list for containerd, other than an empty list of CAs.
		...(client && !(isList(client.value) && client.value.length === 0)
			? { clients: clientsOf(client, surroundings) }
			: {}),
	};
}

function casOf({ value, line }: TomlValue, { file, certificates }: HostsSurroundings): CaFile[] {
	const load = (each: unknown, at: number) => {
		const written = textOf(each, 'ca', at);
		return namedAuthority(certificates.ca(pathOf(written, file), { file, line: at }), written);
	};
	if (!isList(value)) return [load(value, line)];
	return value.slice(0, most).map((each) => load(each.value, each.line));
}

function clientsOf({ value, line }: TomlValue, surroundings: HostsSurroundings): ClientFiles[] {
	if (!isList(value)) return [pairOf(value, line, surroundings)];
	return value.slice(0, most).map((each) => pairOf(each.value, each.line, surroundings));
}

/** One file with both, or a list of the certificate and its key; an empty key means the first file. */
function pairOf(value: unknown, line: number, { file, certificates }: HostsSurroundings): ClientFiles {
	if (!isPair(value)) {
		const written = textOf(value, 'client', line);
		const both = pathOf(written, file);
		return namedClient(certificates.pair(both, both, { file, line }), [written]);
	}
	if (value.length !== 2) throw new MistypedValue('a pair of "client" must have two files', line);
	const written = value.map((each) => textOf(each.value, 'client', line));
	// containerd makes an empty key absolute before it looks whether it is empty: the directory of the file.
	const [certificate = '', key = ''] = written.map((text) => pathOf(text, file));
	return namedClient(certificates.pair(certificate, key, { file, line }), written);
}

function isPair(value: unknown): value is readonly TomlValue[] {
	return Array.isArray(value);
}

function textOf(value: unknown, key: string, line: number): string {
	if (typeof value !== 'string') throw new MistypedValue(`"${key}" must be a text or a list of texts`, line);
	return value;
}

function pathOf(written: string, file: string): string {
	return posix.isAbsolute(written) ? written : posix.join(posix.dirname(file), written);
}

function headerOf(name: string, { value, line }: TomlValue, file: string): Header {
	const values = isList(value) ? value.map((each) => each.value) : [value];
	const secrets = values.slice(0, most).map((text) => {
		if (typeof text !== 'string') throw new MistypedValue('a header must be a text or a list of texts', line);
		return new Secret(text);
	});
	return { name, values: secrets, place: { file, line } };
}
