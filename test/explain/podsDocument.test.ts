import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { podsDocument } from '../../src/explain/podsDocument.ts';
import { aPod } from '../views/podExplanations.ts';
import { explained, tried } from './diagnosis/situations.ts';

interface Described {
	readonly properties: Readonly<Record<string, object>>;
	readonly required: readonly string[];
}

const schema = JSON.parse(readFileSync('docs/pods.schema.json', 'utf8')) as Described & {
	readonly $defs: Readonly<Record<'explanation' | 'evidence' | 'change' | 'pullSecret', Described>>;
};
const ajv = new Ajv2020({ strict: true, allErrors: true });

function complaints(document: unknown): unknown {
	const validate = ajv.compile(schema);
	validate(JSON.parse(JSON.stringify(document)));
	return validate.errors ?? [];
}

const full = aPod();

test('a document of what is explained keeps to its schema', () => {
	const image = 'ghcr.io/acme/cart:2.41';
	const told = explained({ tries: [tried(image, 'registry manifest manifest_not_found')] }, { 'ghcr.io': 'ok' });
	expect(complaints(podsDocument('node-a', [told, full], 1000))).toEqual([]);
	expect(complaints(podsDocument('node-a', [], undefined))).toEqual([]);
});

describe('the schema names every member, and no other:', () => {
	const { explanation, evidence, change, pullSecret } = schema.$defs;
	test.each([
		['of the document', schema, podsDocument('node-a', [full], 1000)],
		['of an explanation', explanation, full],
		['of evidence', evidence, full.evidence[0] ?? {}],
		['of a change', change, full.changed[0] ?? {}],
		['of a pull secret', pullSecret, full.pullSecrets[0] ?? {}],
	])('%s', (_title, { properties }, value) => {
		expect(Object.keys(properties).toSorted()).toEqual(Object.keys(value).toSorted());
	});

	test('and requires those that are always there', () => {
		const { registry: _, since: _a, tries: _b, role: _c, stage: _d, host: _e, pullSecrets: _f, ...always } = full;
		expect(explanation.required.toSorted()).toEqual(Object.keys(always).toSorted());
	});
});
