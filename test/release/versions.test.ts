import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { entryOf } from '../../build/release/changelog.ts';
import { releaseFaults } from '../../build/release/versions.ts';
import { checkout, described } from '../image/startForm.ts';
import { Directory } from '../real/directory.ts';
import { agreed, type Places, writeCheckout } from './checkouts.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

let made = 0;
const faultsOf = (places: Places, tag = 'v1.2.0') => {
	made += 1;
	return releaseFaults(writeCheckout(directory, `checkout-${made}`, places), tag);
};

test('a checkout that says one version everywhere can be released under its tag', () => {
	expect(faultsOf(agreed)).toEqual([]);
});

test('each place that says another version is named', () => {
	const places = { ...agreed, package: '1.1.0', lock: '1.1.9', dockerfile: '1.3.0', kustomization: '2.0.0' };
	expect(faultsOf(places)).toEqual([
		'package.json says 1.1.0, not 1.2.0',
		'package-lock.json says 1.1.9, not 1.2.0',
		'Dockerfile says 1.3.0, not 1.2.0',
		'manifests/base/kustomization.yaml says 2.0.0, not 1.2.0',
	]);
});

test.each([
	['has no heading for 1.2.0', '# Changelog\n\n## 1.1.0 (2027-01-01)\n\n- Begin.\n'],
	['has no date for 1.2.0', '# Changelog\n\n## 1.2.0 (unreleased)\n\n- Add much.\n'],
	['says nothing of 1.2.0', '# Changelog\n\n## 1.2.0 (2027-03-01)\n\n## 1.1.0 (2027-01-01)\n\n- Begin.\n'],
])('a changelog that %s keeps it from being released', (said, changelog) => {
	expect(faultsOf({ ...agreed, changelog })).toEqual([`CHANGELOG.md ${said}`]);
});

test.each(['1.2.0', 'v1.2', 'v01.2.0', 'v1.2.0+build', 'release', ''])('%j is not a tag of a version', (tag) => {
	expect(faultsOf(agreed, tag)).toEqual([expect.stringContaining('is not a tag of a version')]);
});

test('a version may lead to another', () => {
	const version = '1.2.0-rc.1';
	const places = { package: version, lock: version, dockerfile: version, kustomization: version };
	const changelog = `## ${version} (2027-02-01)\n\n- Add much.\n`;
	expect(faultsOf({ ...places, changelog }, `v${version}`)).toEqual([]);
});

test('this checkout says one version everywhere', () => {
	const faults = releaseFaults(checkout, `v${described.version}`);
	expect(faults.filter((fault) => !fault.startsWith('CHANGELOG.md has no date'))).toEqual([]);
});

test('the changelog begins with the version of this checkout, each heading says a version and when', () => {
	const headings = [...readFileSync(`${checkout}/CHANGELOG.md`, 'utf8').matchAll(/^## (.*)$/gm)].map(
		([, text]) => text,
	);
	expect(headings[0]).toMatch(new RegExp(`^${RegExp.escape(described.version)} \\(`));
	const form = /^\d+\.\d+\.\d+(?:-[\w.]+)? \((?:\d{4}-\d{2}-\d{2}|unreleased)\)$/;
	expect(headings.filter((text = '') => !form.test(text))).toEqual([]);
});

test('an entry ends where the next begins', () => {
	expect(entryOf(agreed.changelog, '1.2.0')).toEqual({ date: '2027-03-01', text: '- Add much.\n- Mend more.' });
	expect(entryOf(agreed.changelog, '1.1.0')).toEqual({ date: '2027-01-01', text: '- Begin.' });
	expect(entryOf(agreed.changelog, '1.2')).toBeUndefined();
});

test('any changelog is read', () => {
	const text = fc.string({ unit: fc.constantFrom('## ', '1.2.0', ' (', ')', '\n', '2027-01-01', 'a') });
	fc.assert(
		fc.property(text, (changelog) => {
			const { text: found = '' } = entryOf(changelog, '1.2.0') ?? {};
			expect(changelog).toContain(found);
		}),
	);
});
