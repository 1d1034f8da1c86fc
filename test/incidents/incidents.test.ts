import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';

import { inNamespace, lacking } from '../parity/inNamespace.ts';
import { kinds, type Outcome } from './incident.ts';
import { expectedIn, tell, type Told } from './matrix.ts';
import { marker, measured } from './page.ts';
import { incidents, worlds } from './worlds.ts';

const missing = lacking();
const skipped = missing !== undefined && process.env['CI'] !== 'true';
const page = readFileSync('docs/incidents.md', 'utf8');
const [, written = ''] = page.split(`${marker}\n\n`);

test('there are a hundred, of every kind, each with a name of its own', () => {
	expect(incidents.length).toBeGreaterThanOrEqual(100);
	expect(new Set(incidents.map(({ id }) => id)).size).toBe(incidents.length);
	expect(new Set(incidents.map(({ kind }) => kind))).toEqual(new Set(kinds));
});

test('no node has more registries than are probed regularly', () => {
	expect(worlds.filter((world) => world.incidents.length > 20).map(({ name }) => name)).toEqual([]);
});

describe.skipIf(skipped)(`incidents${skipped ? ` (skipped without ${missing})` : ''}`, () => {
	let told: readonly Told[] = [];

	beforeAll(async () => {
		if (missing !== undefined) throw new Error(`this suite cannot run without ${missing}`);
		const expected = JSON.stringify(expectedIn(page));
		const outcomes = JSON.parse(await inNamespace(new URL('run.ts', import.meta.url), [expected], 400)) as Outcome[];
		told = tell(incidents, outcomes);
	}, 420_000);

	test.each(['probe', 'image'])('no wrong cause is ever given with explained="%s"', (explained) => {
		const wrong = told.flatMap(({ incident, claims }) =>
			claims
				.filter((claim) => claim.explained === explained && !incident.causes.includes(claim.cause))
				.map((claim) => ({ id: incident.id, ...claim })),
		);
		expect(wrong).toEqual([]);
	});

	test('every incident is told', () => {
		expect(told.filter(({ given }) => given === undefined).map(({ incident }) => incident.id)).toEqual([]);
	});

	test('docs/incidents.md says what happens', () => {
		expect(measured(told)).toBe(written);
	});
});
