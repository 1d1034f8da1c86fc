import { posix } from 'node:path';

import { quotedPath } from '../../registry/quotable.ts';
import { printable } from '../../registry/redact.ts';
import type { NodeFault } from '../fault.ts';
import { Refusal } from '../refusal.ts';
import { type TomlTable, readToml } from '../toml.ts';
import type { ConfigFile, Mistyped } from './facts.ts';
import { globPaths } from './globPaths.ts';
import { isPath } from './namedFile.ts';
import type { NodeReader } from './nodeReader.ts';
import { readSections, type SectionSurroundings } from './sections.ts';
import { type Typed, numberAt, textsAt } from './typed.ts';

/** More files than a configuration is made of. */
const mostFiles = 100;

interface Pending {
	readonly path: string;
	/** The line that names the file; absent for the main file. */
	readonly by?: { readonly file: string; readonly line: number };
	/** The file as that line may be repeated. */
	readonly shown?: string;
}

/**
 * Reads containerd's main file and what it imports, in containerd's own order: breadth first, each file once
 * (https://github.com/containerd/containerd/blob/main/cmd/containerd/server/config/config.go). Faults are added to
 * the reader's. Throws as `NodeReader`.
 */
export function readConfigFiles(reader: NodeReader, main: string, surroundings: SectionSurroundings): ConfigFile[] {
	const files: ConfigFile[] = [];
	const seen = new Set<string>();
	const pending: Pending[] = [{ path: main }];
	for (let next = pending.shift(); next; next = pending.shift()) {
		if (seen.has(next.path)) continue;
		if (seen.size === mostFiles) {
			reader.faults.push({ ...next.by, file: main, fault: 'setting_invalid', detail: tooMany });
			break;
		}
		seen.add(next.path);
		const read = readConfigFile(reader, next, surroundings);
		if (!read) continue;
		files.push(read.file);
		pending.push(...read.imports.flatMap((setting) => pathsOf(reader, next.path, setting)));
	}
	return files;
}

const tooMany = `The configuration is made of more than ${mostFiles} files: the others are not read.`;

function readConfigFile(reader: NodeReader, pending: Pending, surroundings: SectionSurroundings) {
	const { path: file, by, shown = 'a file' } = pending;
	const { faults } = reader;
	const content = reader.file(file);
	if (content.state === 'missing') {
		if (by) faults.push({ ...by, ...refused(`it imports ${shown}, which is not there`) });
		return undefined;
	}
	if (content.state === 'unfit') faults.push({ file, ...refused(`it ${content.why}`) });
	if (content.state !== 'read') return undefined;
	const document = parse(content.value, file);
	if ('why' in document) {
		faults.push({ ...document.place, ...refused(document.why) });
		return undefined;
	}
	const { top, version, imports } = document;
	return { file: { file, version, sections: readSections(top, file, surroundings) } satisfies ConfigFile, imports };
}

const refused = (why: string): Pick<NodeFault, 'fault' | 'detail'> => ({
	fault: 'file_invalid',
	detail: `containerd does not start with this file: ${why}.`,
});

interface Document {
	readonly top: TomlTable;
	readonly version: ConfigFile['version'];
	readonly imports: readonly Typed<string>[];
}

function parse(bytes: Buffer, file: string): Document | Mistyped {
	try {
		const top = readToml(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
		const { value, line } = numberAt(top, 'version') ?? { value: 0, line: 1 };
		return { top, version: { value, place: { file, line } }, imports: textsAt(top, 'imports') };
	} catch (error) {
		return notToml(error, file);
	}
}

/** What a failure to read TOML means for people. Throws every other error on. */
export function notToml(error: unknown, file: string): Mistyped {
	if (error instanceof Refusal) {
		return { place: { file, line: error.line }, why: printable(error.message) };
	}
	if (error instanceof TypeError) return { place: { file }, why: 'it is not UTF-8' };
	throw error;
}

/** The files that one entry of `imports` names: a glob when it holds `*`, relative to the file that imports. */
function pathsOf(reader: NodeReader, from: string, { value, line }: Typed<string>): Pending[] {
	const path = posix.resolve(posix.dirname(from), value);
	const paths = path.includes('*') ? globPaths(reader, path) : [path];
	const shown = isPath(value) ? quotedPath(path, 'a file') : 'a file';
	return paths.map((each) => ({ path: each, by: { file: from, line }, shown }));
}
