import type { core } from 'zod/mini';

import { faultAt, missingKey, nearest, unknownKey } from './describe.ts';
import type { Document } from './document.ts';
import { type Fault, Wrong } from './fault.ts';
import { schema } from './schema.ts';
import { schemaKeys } from './schemaKeys.ts';
import { type Path, pathKey, pathText } from './place.ts';

const kinds: Readonly<Record<string, Wrong>> = {
	object: new Wrong('is not a map of keys', 'write the keys below it, one a line'),
	array: new Wrong('is not a list', 'begin each entry with "- "'),
	boolean: new Wrong('is neither true nor false', 'write true or false'),
};

/** The faults that the schema's issues mean, in words; none where the value has its fault already. */
export function faultsOf(document: Document, issue: core.$ZodIssue): Fault[] {
	const path = issue.path.filter((part) => typeof part !== 'symbol');
	if (document.faults.some((fault) => fault.path === pathText(path) && issue.code !== 'unrecognized_keys')) return [];
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => unknownKey(document, path, key, schemaKeys(schema, path)));
	}
	const key = path.at(-1);
	if (typeof key === 'string' && !document.places.has(pathKey(path))) {
		return [missingKey(document, path.slice(0, -1), key, 'add it')];
	}
	return [faultAt(document, path, wrongOf(document, path, issue))];
}

function wrongOf(document: Document, path: Path, issue: core.$ZodIssue): Wrong {
	if (issue.code === 'custom' && issue.params?.['wrong'] instanceof Wrong) return issue.params['wrong'];
	if (issue.code === 'invalid_type')
		return kinds[issue.expected] ?? new Wrong('has the wrong type', 'see the documentation');
	const written = document.places.get(pathKey(path))?.written ?? '';
	if (issue.code === 'invalid_value') return noneOf(written, issue.values.map(String));
	const choices = issue.code === 'invalid_union' ? issue.errors.flat() : [];
	const words = choices.flatMap((choice) => (choice.code === 'invalid_value' ? choice.values.map(String) : []));
	return noneOf(written, [...words, '{ file: … }']);
}

function noneOf(written: string, words: readonly string[]): Wrong {
	const near = nearest(written, words);
	const remedy = `write ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
	return new Wrong('is not known here', remedy, near === undefined ? undefined : `did you mean "${near}"?`);
}
