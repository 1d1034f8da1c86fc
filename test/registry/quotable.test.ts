import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { listedLocation, quotedChoice, quotedLocation, quotedPath, quotedWord } from '../../src/registry/quotable.ts';

const other = 'something';
const secrets = [
	'robot:planted',
	'robot:planted@r.test?x',
	'cm9ib3Q6cGxhbnRlZA==',
	'cm9ib3Q6cGxhbnRlZA',
	'Bearer planted.token',
	'TOKEN=planted',
	'https://r.test/?token=planted',
	'https://r.test/#planted',
	'r.test/robot@planted',
	'ssh://robot:planted@r.test',
	`${'eyJhbGciOiJIUzI1NiJ9'}.eyJzdWIiOiJwbGFudGVkIn0.c2ln`,
	'-----BEGIN PRIVATE KEY-----\nplanted',
	'two\nlines.test',
	'',
];

describe('what has not the form of the right thing is not repeated', () => {
	test.each(secrets)('%j', (secret) => {
		expect(quotedWord(secret, other)).toBe(other);
		expect(quotedChoice(secret, other)).toBe(other);
		expect(quotedLocation(secret, other)).toBe(other);
		expect(quotedPath(secret, other)).toBe(other);
	});
});

test.each(['no_proxy', 'matchImages', 'insecure-registries', 'X'])('%s is a word', (text) => {
	expect(quotedWord(text, other)).toBe(`"${text}"`);
});

test('where one of a few words belongs, no word with a digit is repeated', () => {
	expect(quotedChoice('digest-onyl', other)).toBe('"digest-onyl"');
	expect(quotedChoice('hunter2', other)).toBe(other);
});

test.each([
	'docker.io',
	'https://index.docker.io/v1/',
	'*.dkr.ecr.*.amazonaws.com',
	'*-docker.pkg.dev',
	'localhost',
	'localhost:5000/app',
	'mirror:5000',
	'[::1]:5000',
	'10.0.0.1:5000/a/b:1@sha256:abc',
	'HTTP://R.test./v2',
])('%s is a location', (text) => {
	expect(quotedLocation(text, other)).toBe(`"${text}"`);
});

test('of a login before a location only is told that it was there', () => {
	expect(quotedLocation('https://robot:planted@r.test/app', other)).toBe('"https://REDACTED@r.test/app"');
	expect(quotedLocation('https://robot:a/planted@r.test/', other)).toBe('"https://REDACTED@r.test/"');
	expect(quotedLocation('planted@r.test', other)).toBe('"REDACTED@r.test"');
	expect(listedLocation('robot:planted@r.test/app')).toBe('REDACTED@r.test/app');
	expect(listedLocation('robot:planted')).toBe('REDACTED');
});

test.each(['/etc/ssl/a.pem', './a', '../b', 'conf.d/*.toml', '/etc/a b@1:2'])('%s is a path', (text) => {
	expect(quotedPath(text, other)).toBe(text.includes('@') ? other : `"${text}"`);
});

test('any text is quoted as it is or not at all, and on one line', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
			for (const quote of [quotedWord, quotedChoice, quotedLocation, quotedPath]) {
				expect(quote(text, other)).toMatch(/^(?:something|"[ -~]*")$/);
			}
		}),
	);
});
