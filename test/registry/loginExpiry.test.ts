import fc from 'fast-check';
import { expect, test } from 'vitest';

import { loginExpiry } from '../../src/registry/loginExpiry.ts';
import { Secret } from '../../src/registry/secret.ts';

const expiryOf = (username: string, password: string) => loginExpiry({ username, password: new Secret(password) });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) => `${encode({ alg: 'none' })}.${encode(claims)}.c2ln`;

test('a JWT ends when its claim says', () => {
	expect(expiryOf('00000000-0000-0000-0000-000000000000', jwt({ exp: 1_900_000_000.5 }))).toBe(1_900_000_000);
});

test("a password of Amazon's ends when its expiration says", () => {
	expect(expiryOf('AWS', btoa(JSON.stringify({ version: '2', expiration: 1_900_000_000 })))).toBe(1_900_000_000);
});

test.each([
	['user', 'hunter2'],
	['user', jwt({})],
	['user', jwt({ exp: '1900000000' })],
	['user', jwt({ exp: 12 })],
	['user', jwt({ exp: 1e300 })],
	['user', jwt(null)],
	['user', btoa(JSON.stringify({ expiration: 1_900_000_000 }))],
	['AWS', 'hunter2'],
	['user', `${jwt({ exp: 1_900_000_000 })}.more`],
])('a login as %s with %s does not say', (username, password) => {
	expect(expiryOf(username, password)).toBeUndefined();
});

test('any password is read without an error', () => {
	const parts = fc.array(
		fc.string().map((text) => Buffer.from(text).toString('base64url')),
		{ maxLength: 4 },
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				parts.map((all) => all.join('.')),
			),
			(password) => {
				expect(['number', 'undefined']).toContain(typeof expiryOf('user', password));
			},
		),
	);
});
