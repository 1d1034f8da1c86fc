import { expect, test } from 'vitest';
import { Secret } from '../../src/registry/secret.ts';
import { fingerprintOf } from '../../src/schedule/fingerprint.ts';

const login = (username: string, password: string) => ({ registry: { username, password: new Secret(password) } });

test('the same login has the same fingerprint', () => {
	expect(fingerprintOf(login('ann', 'one'))).toBe(fingerprintOf(login('ann', 'one')));
});

test('another user or password has another fingerprint', () => {
	const all = [login('ann', 'one'), login('ann', 'two'), login('anno', 'ne'), {}].map(fingerprintOf);
	expect(new Set(all).size).toBe(4);
});

test('a fingerprint is too short to find the password by', () => {
	expect(fingerprintOf(login('ann', 'one'))).toMatch(/^[0-9a-f]{8}$/);
});
