import { expect, test } from 'vitest';

import { crioFaults } from '../../../src/plan/crio/crioFaults.ts';
import { has } from '../../../src/plan/crio/versions.ts';
import { crio, factsOf } from './facts.ts';

const two = 'unqualified-search-registries = ["one.example", "two.example"]\n';

test.each([
	['insecure_registries = ["a.example"]', '', '1.34.11', 0],
	['insecure_registries = ["a.example"]', '', '1.35.0', 1],
	['insecure_registries = []', '', '1.35.0', 0],
	['registries = ["a.example"]', '', '1.30.0', 1],
	['short_name_mode = "disabled"', '', '1.33.0', 1],
	['short_name_mode = "disabled"', '', '1.34.0', 0],
	['pull_progress_timeout = "10s"', '', '1.31.2', 1],
	['pull_progress_timeout = "10s"', '', '1.30.11', 0],
	['', `${two}short-name-mode = "permissive"`, '1.37.0', 1],
	['', `${two}short-name-mode = "enforcing"`, '1.37.0', 0],
	['', `${two}short-name-mode = "enforcing"`, '1.33.0', 1],
	['', 'short-name-mode = "permissive"', '1.37.0', 0],
	['short_name_mode = "disabled"', `${two}short-name-mode = "permissive"`, '1.37.0', 0],
])('%s %s with CRI-O %s: %i without effect', async (image, conf, version, count) => {
	const faults = crioFaults(await factsOf(conf, image), crio(version));
	expect(faults.map(({ fault }) => fault)).toEqual(Array.from({ length: count }, () => 'setting_ignored'));
});

test('what the reader found is part of it', async () => {
	const facts = await factsOf('=');
	expect(crioFaults(facts, crio())).toEqual(facts.faults);
});

test.each([
	['1.30.10', false],
	['1.30.11', true],
	['1.31.0', false],
	['1.31.3', true],
	['1.32.0', true],
	['1.32.0-dev', true],
	['2.0.0', true],
	['1.9.99', false],
	['unknown', true],
])('CRI-O %s knows pull_progress_timeout: %s', (version, expected) => {
	expect(has(version, 'pull_progress_timeout')).toBe(expected);
});
