import type { NodeFault } from '../fault.ts';
import { isVariableName } from './assignment.ts';
import { expandSpecifiers, type Specifiers } from './specifiers.ts';
import type { PlacedSetting } from './unitSettings.ts';
import { concernsPulls, type Variable } from './variable.ts';
import { readWords } from './words.ts';

/** What settings of one kind come to, and what systemd passes over among them. */
export interface Applied<T> {
	readonly result: T;
	readonly faults: readonly NodeFault[];
}

/** `Environment=` and `DefaultEnvironment=`: later ones count, an empty one takes all before it back. */
export function applyEnvironment(
	settings: readonly PlacedSetting[],
	specifiers: Specifiers,
): Applied<ReadonlyMap<string, Variable>> {
	const result = new Map<string, Variable>();
	const faults: NodeFault[] = [];
	for (const { value, file, line } of settings) {
		if (value === '') result.clear();
		const { words, broken } = readWords(value);
		const complain = (about: string, detail: string) => {
			if (concernsPulls(about)) faults.push({ file, line, fault: 'setting_invalid', detail });
		};
		for (const word of words) {
			const text = expandSpecifiers(word, specifiers);
			const equals = text?.indexOf('=') ?? -1;
			const name = text?.slice(0, Math.max(0, equals)) ?? '';
			if (text === undefined) complain(word, unknownSpecifier);
			else if (!isVariableName(name)) complain(word, notAnAssignment);
			else result.set(name, { name, value: text.slice(equals + 1), source: { file, line } });
		}
		if (broken) complain(value, brokenQuoting);
	}
	return { result, faults };
}

const unknownSpecifier =
	'a % in this value begins no specifier that is known here: systemd passes the variable over; write % as %%';
const notAnAssignment = 'this is no NAME=value: systemd passes it over';
const brokenQuoting = 'a quote is not closed, or an escape is unknown: systemd passes over the rest of the line';

/** A file that `EnvironmentFile=` names, perhaps by a pattern. */
export interface NamedFile {
	readonly pattern: string;
	/** Written with `-`: it may be missing. */
	readonly optional: boolean;
	readonly setting: PlacedSetting;
}

/** `EnvironmentFile=`: one path each, all are read in order, an empty one takes all before it back. */
export function applyFiles(settings: readonly PlacedSetting[], specifiers: Specifiers): Applied<readonly NamedFile[]> {
	const result: NamedFile[] = [];
	const faults: NodeFault[] = [];
	for (const setting of settings) {
		const { value, file, line } = setting;
		if (value === '') result.length = 0;
		if (value === '') continue;
		const optional = value.startsWith('-');
		const pattern = expandSpecifiers(optional ? value.slice(1) : value, specifiers);
		if (pattern?.startsWith('/') === true) {
			result.push({ pattern, optional, setting });
		} else {
			const detail = 'this is no absolute path: systemd passes the file over';
			faults.push({ file, line, fault: 'setting_invalid', detail });
		}
	}
	return { result, faults };
}

/** `PassEnvironment=` and `UnsetEnvironment=`: words, an empty one takes all before it back. */
export function applyWords(settings: readonly PlacedSetting[]): readonly string[] {
	const words: string[] = [];
	for (const { value } of settings) {
		if (value === '') words.length = 0;
		words.push(...readWords(value).words);
	}
	return words;
}
