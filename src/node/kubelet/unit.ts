import { specifiersOf, expandSpecifiers } from '../environment/specifiers.ts';
import { readServiceEnvironment } from '../environment/unitEnvironment.ts';
import { type PlacedSetting, readService } from '../environment/unitSettings.ts';
import { readWords } from '../environment/words.ts';
import type { NodeFault } from '../fault.ts';
import { shellWords } from './shellWords.ts';

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

/** The first of these services that the node below `root` has; undefined when it has none. Throws only when out of descriptors. */
export function readUnit(root: string, units: readonly string[]): Unit | undefined {
	const service = readService(root, units);
	if (!service) return undefined;
	const { unit, file, settings } = service;
	const { variables, faults } = readServiceEnvironment(root, service);
	const environment = new Map([...variables].map(([name, { value }]) => [name, value]));
	const specifiers = specifiersOf(root, unit, file);
	const plain = (text: string) => expandSpecifiers(text, specifiers) ?? text;
	const workingDirectory = lastOf(settings, 'WorkingDirectory');
	return {
		file,
		command: expand(readWords(lastOf(settings, 'ExecStart') ?? '').words.map(plain), environment),
		environment,
		...(workingDirectory !== undefined && { workingDirectory: plain(workingDirectory).replace(/^-/, '') }),
		faults,
	};
}

/** The last value of a key, unless it was emptied since. */
function lastOf(settings: readonly PlacedSetting[], name: string): string | undefined {
	const value = settings.findLast(({ key }) => key === name)?.value;
	return value === '' ? undefined : value;
}

/** `$NAME` alone becomes its words, `${NAME}` stays part of a word (systemd.service(5), "Command lines"). */
function expand(words: readonly string[], environment: ReadonlyMap<string, string>): readonly string[] {
	return words.flatMap((word) => {
		const [, alone] = /^\$(\w+)$/.exec(word) ?? [];
		if (alone !== undefined) return shellWords(environment.get(alone) ?? '');
		return word.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => environment.get(name) ?? '');
	});
}
