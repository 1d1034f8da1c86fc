import type { core } from 'zod/mini';

import { Wrong } from '../../src/config/fault.ts';
import type { Path } from '../../src/config/place.ts';
import { schema } from '../../src/config/schema.ts';

/** What a key takes, in the words of the faults that it gives. */
export interface ValueType {
	/** `duration`, `list of text`, `none`, `kubernetes`. */
	readonly type: string;
	/** What it takes of that type; empty where all. */
	readonly bounds: string;
}

/** A value that no key takes: whatever the schema says to it tells what it wants. */
const strange = { '?': true };

const kinds: Readonly<Record<string, string>> = { boolean: 'true or false', string: 'text' };

/** The type and the bounds of the key at `path`, found by giving it wrong values. Throws `TypeError` for one that takes anything. */
export function valueTypeOf(path: Path): ValueType {
	const issue = issueAt(path, strange);
	if (!issue) throw new TypeError(`${path.join('.')} takes anything`);
	if (issue.code === 'unrecognized_keys') return mapOrWord(path);
	if (issue.code === 'invalid_value') return { type: choiceOf(issue.values.map(String)), bounds: '' };
	if (issue.code === 'invalid_type') {
		if (issue.expected !== 'array') return { type: kinds[issue.expected] ?? issue.expected, bounds: '' };
		const { type, bounds } = valueTypeOf([...path, 0]);
		return { type: `list of ${type === 'map' ? 'maps' : type}`, bounds };
	}
	const type = wordsOf(issue);
	return { type, bounds: boundsOf(path, type) };
}

/** Whether the map that holds the key has to have it. */
export function isRequired(path: Path): boolean {
	return typeof path.at(-1) === 'string' && issueIn({}, path.slice(0, -1), path) !== undefined;
}

type Issue = core.$ZodIssue;

/** The fault that the schema finds with `value` at `path`. */
function issueAt(path: Path, value: unknown): Issue | undefined {
	return issueIn(value, path, path);
}

/** The fault at `about` where `value` stands at `path`. */
function issueIn(value: unknown, path: Path, about: Path): Issue | undefined {
	const whole = path.reduceRight<unknown>(
		(inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }),
		value,
	);
	const issues = (schema.safeParse(whole).error?.issues ?? []).flatMap((issue) => withNested(issue, []));
	return issues.find(({ at }) => at.join('.') === about.join('.'))?.issue;
}

/** A fault with those that the choices of a union gave, each with the way to it from the top. */
function withNested(
	issue: Issue,
	above: readonly string[],
): readonly { readonly issue: Issue; readonly at: readonly string[] }[] {
	const at = [...above, ...issue.path.map(String)];
	const nested = issue.code === 'invalid_union' ? issue.errors.flat() : [];
	return [{ issue, at }, ...nested.flatMap((each) => withNested(each, at))];
}

/** `is not a duration` as `duration`. */
function wordsOf(issue: Issue): string {
	const wrong: unknown = issue.code === 'custom' ? issue.params?.['wrong'] : undefined;
	return wrong instanceof Wrong ? wrong.wrong.replace(/^is not (?:an? |the )?/, '') : '';
}

function choiceOf(words: readonly string[]): string {
	return words.map((word) => `\`${word}\``).join(', ');
}

/** A map, or a choice between words and a map. */
function mapOrWord(path: Path): ValueType {
	const issue = issueAt(path, '?');
	const issues = issue?.code === 'invalid_union' ? issue.errors.flat() : [];
	const words = issues.flatMap((each) => (each.code === 'invalid_value' ? each.values.map(String) : []));
	return { type: words.length === 0 ? 'map' : `${choiceOf(words)} or a map`, bounds: '' };
}

/** Values that are too small or too large for the types that have bounds. */
const excess: Readonly<Record<string, readonly string[]>> = {
	duration: ['0s', '99999h'],
	size: ['999999GiB'],
	percentage: ['101%'],
};

/** What the remedies say: `1s or more, 24h or less`. */
function boundsOf(path: Path, type: string): string {
	const remedies = (excess[type] ?? []).map((value) => {
		const issue = issueAt(path, value);
		const wrong: unknown = issue?.code === 'custom' ? issue.params?.['wrong'] : undefined;
		return wrong instanceof Wrong ? wrong.remedy.replace(/^write /, '') : '';
	});
	return remedies.filter((remedy) => remedy !== '').join(', ');
}
