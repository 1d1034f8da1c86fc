import { posix } from 'node:path';

import { printable } from '../../registry/redact.ts';
import type { NodeFault, Place } from '../fault.ts';
import { linkBelow } from '../link.ts';
import { type NodeFile, readNodeFile } from '../nodeFile.ts';
import { Refusal } from '../refusal.ts';
import { readDirectory } from './directory.ts';
import type { CrioRegistry, Placed, RegistriesFacts } from './facts.ts';
import {
	type CrioPaths,
	homeRegistriesConf,
	homeRegistriesConfDir,
	registriesConf,
	registriesConfDir,
} from './paths.ts';
import { type RegistriesFile, readRegistriesFile } from './registriesFile.ts';
import { byPrefix } from './registryList.ts';

/** The facts of a whole, and what is wrong with it. */
export interface RegistriesRead {
	readonly facts: RegistriesFacts;
	readonly faults: readonly NodeFault[];
}

/** One file, or why it is refused. */
type Part = { readonly path: string } & (
	| { readonly file: RegistriesFile }
	| { readonly refusal: Place & { readonly why: string } }
);

/**
 * registries.conf and its drop-ins below `root`, put together as containers/image does
 * (containers-registries.conf.d(5)). One file that it refuses makes all pulls fail.
 */
export function readRegistriesConf(root: string, paths: CrioPaths): RegistriesRead {
	const faults: NodeFault[] = [];
	const main = mainFile(root, paths);
	const directories = dropInDirectories(paths, main.inHome);
	const dropIns = directories.flatMap((directory) => dropInsIn(root, directory, paths, faults));
	const parts = [
		...partOf(main.path, main.read, false, faults),
		...dropIns.flatMap((path) => partOf(path, readNodeFile(root, path), true, faults)),
	];
	if (paths.registriesConf !== undefined && main.read.state === 'missing') parts.unshift(missing(main.path));
	faults.push(...parts.flatMap(faultsOf));
	return { facts: mergeAll(parts, main.path), faults };
}

interface Main {
	readonly path: string;
	readonly read: NodeFile;
	readonly inHome: boolean;
}

/** A file in the home directory stands in place of the system's, and hides its drop-ins too. */
function mainFile(root: string, { home, registriesConf: told }: CrioPaths): Main {
	if (told !== undefined) return { path: told, read: readNodeFile(root, told), inHome: false };
	const inHome = posix.join(home, homeRegistriesConf);
	const read = readNodeFile(root, inHome);
	// Homes are closed to other users on every node: that alone is no sign of a file in there.
	if (read.state === 'read') return { path: inHome, read, inHome: true };
	return { path: registriesConf, read: readNodeFile(root, registriesConf), inHome: false };
}

function dropInDirectories({ home, registriesConfDir: told }: CrioPaths, onlyHome: boolean): readonly string[] {
	if (told !== undefined) return [told];
	const inHome = posix.join(home, homeRegistriesConfDir);
	return onlyHome ? [inHome] : [registriesConfDir, inHome];
}

/** Files that end in `.conf`, by name; directories within are not entered. */
function dropInsIn(root: string, directory: string, { home }: CrioPaths, faults: NodeFault[]): readonly string[] {
	const found = readDirectory(root, directory);
	if (found.state === 'unreadable' && !directory.startsWith(`${home}/`)) faults.push(found.fault);
	if (found.state !== 'read') return [];
	const files = found.entries.filter(({ name, isDirectory }) => !isDirectory && name.endsWith('.conf'));
	if (linkBelow(root, directory) === undefined) return files.map(({ path }) => path);
	const detail = 'the directory is a symbolic link, which CRI-O does not follow: it reads none of the drop-ins';
	if (files.length > 0) faults.push({ file: directory, fault: 'setting_ignored', detail });
	return [];
}

function partOf(path: string, read: NodeFile, dropIn: boolean, faults: NodeFault[]): Part[] {
	if (read.state === 'unreadable') faults.push(read.fault);
	if (read.state !== 'read') return [];
	try {
		return [{ path, file: readRegistriesFile(read.text, path, dropIn) }];
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return [{ path, refusal: { file: printable(path, 4096), line: error.line, why: printable(error.message) } }];
	}
}

function missing(path: string): Part {
	return { path, refusal: { file: path, why: 'CRI-O was told to read this file, and it is not there' } };
}

function faultsOf(part: Part): readonly NodeFault[] {
	if ('file' in part) return part.file.faults;
	const { why, ...place } = part.refusal;
	const effect = 'CRI-O refuses all of registries.conf with it: it does not start, or keeps what it read before';
	return [{ ...place, fault: 'file_invalid', detail: `${why}. ${effect}` }];
}

function mergeAll(parts: readonly Part[], main: string): RegistriesFacts {
	const files = parts.flatMap((part) => ('file' in part ? [part.file] : []));
	const registries = new Map<string, CrioRegistry>();
	for (const registry of files.flatMap((file) => file.registries)) registries.set(registry.prefix, registry);
	const search = files.findLast((file) => file.search)?.search;
	const shortNameMode = files.findLast((file) => file.shortNameMode)?.shortNameMode;
	const credentialHelpers = files.findLast((file) => file.credentialHelpers)?.credentialHelpers;
	const unusable = refusalOf(parts);
	return {
		registries: byPrefix(registries.values()),
		aliases: new Map(files.flatMap((file) => [...file.aliases])),
		...(search && { search }),
		...(shortNameMode && { shortNameMode }),
		...(credentialHelpers && { credentialHelpers }),
		...(unusable && { unusable }),
		source: { file: main },
	};
}

function refusalOf(parts: readonly Part[]): Placed<string> | undefined {
	const refused = parts.find((part) => 'refusal' in part);
	if (!refused || !('refusal' in refused)) return undefined;
	const { why, ...source } = refused.refusal;
	return { value: why, source };
}
