import { readdirSync } from 'node:fs';

import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import { resolveBelow, unlessExhausted } from '../root.ts';
import { shellWords, unquote } from './shellWords.ts';

/** What systemd would start, as far as its files say. */
export interface Unit {
	/** The file of the unit itself. */
	readonly file: string;
	/** The words of the command, variables put in. */
	readonly command: readonly string[];
	/** Values may be secrets. */
	readonly environment: ReadonlyMap<string, string>;
	readonly workingDirectory?: string;
	readonly faults: readonly NodeFault[];
}

/** In the order in which systemd looks (https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html). */
const directories = [
	'/etc/systemd/system',
	'/run/systemd/system',
	'/usr/local/lib/systemd/system',
	'/usr/lib/systemd/system',
	'/lib/systemd/system',
];
const mostDropIns = 100;

type Setting = readonly [key: string, value: string];

/** A service with its drop-ins, read below `root`; undefined when there is none. Throws only when out of descriptors. */
export function readUnit(root: string, name: string): Unit | undefined {
	const faults: NodeFault[] = [];
	const textOf = (path: string): string | undefined => {
		const found = readNodeFile(root, path);
		if (found.state === 'unreadable') faults.push(found.fault);
		return found.state === 'read' ? found.text : undefined;
	};
	const file = directories.map((directory) => `${directory}/${name}`).find((path) => textOf(path) !== undefined);
	if (file === undefined) return undefined;
	const settings = [file, ...dropIns(root, name)].flatMap((path) => settingsIn(textOf(path) ?? ''));
	const environment = environmentOf(settings, textOf);
	const workingDirectory = lastOf(settings, 'WorkingDirectory').at(-1);
	return {
		file,
		command: expand(shellWords(lastOf(settings, 'ExecStart').at(-1) ?? ''), environment),
		environment,
		...(workingDirectory !== undefined && { workingDirectory: workingDirectory.replace(/^-/, '') }),
		faults,
	};
}

/** Sorted by name; of two with one name, the one of the earlier directory counts. */
function dropIns(root: string, name: string): readonly string[] {
	const byName = new Map<string, string>();
	for (const directory of directories.toReversed()) {
		const path = `${directory}/${name}.d`;
		const names = unlessExhausted(() => readdirSync(resolveBelow(root, path))) ?? [];
		for (const found of names) if (found.endsWith('.conf')) byName.set(found, `${path}/${found}`);
	}
	return [...byName]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.slice(0, mostDropIns)
		.map(([, path]) => path);
}

/** The settings of the section `[Service]`, in their order. */
function settingsIn(text: string): readonly Setting[] {
	const lines = text.replaceAll(/\\\r?\n[ \t]*/g, ' ').split('\n');
	let section = '';
	return lines.flatMap((line): Setting[] => {
		section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1] ?? section;
		const [, key, value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
		return section === 'Service' && key !== undefined ? [[key, value]] : [];
	});
}

/** The values of a key since it was last emptied. */
function lastOf(settings: readonly Setting[], name: string): readonly string[] {
	const values = settings.filter(([key]) => key === name).map(([, value]) => value);
	return values.slice(values.lastIndexOf('') + 1);
}

/** Files stand over what is written in the unit. */
function environmentOf(
	settings: readonly Setting[],
	textOf: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
	const written = lastOf(settings, 'Environment').flatMap(shellWords);
	const files = lastOf(settings, 'EnvironmentFile').map((path) => textOf(path.replace(/^-/, '')) ?? '');
	const lines = files.flatMap((text) =>
		text
			.replaceAll(/\\\r?\n/g, '')
			.split('\n')
			.filter((line) => !/^\s*[#;]/.test(line))
			.map((line) => line.trim()),
	);
	const pairs = [...written, ...lines].flatMap((pair): Setting[] => {
		const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
		return name === undefined ? [] : [[name, value]];
	});
	return new Map(pairs.map(([name, value], index) => [name, index < written.length ? value : unquote(value)]));
}

/** `$NAME` alone becomes its words, `${NAME}` stays part of a word. */
function expand(words: readonly string[], environment: ReadonlyMap<string, string>): readonly string[] {
	return words.flatMap((word) => {
		const [, alone] = /^\$(\w+)$/.exec(word) ?? [];
		if (alone !== undefined) return shellWords(environment.get(alone) ?? '');
		return word.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => environment.get(name) ?? '');
	});
}
