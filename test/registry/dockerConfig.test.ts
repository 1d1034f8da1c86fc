import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { NoLogin, readDockerConfig } from '../../src/registry/dockerConfig.ts';

const file = (auths: unknown) => JSON.stringify({ auths });
const plain = { username: 'user', password: 'hunter2' };

function read(auths: unknown, ...hosts: string[]): string {
	const { username, password } = readDockerConfig(file(auths), hosts);
	return `${username}:${password.reveal()}`;
}

describe('keys', () => {
	test.each([
		['r.example', 'r.example'],
		['https://r.example', 'r.example'],
		['https://r.example/v2/', 'r.example'],
		['R.example', 'r.EXAMPLE'],
		['https://index.docker.io/v1/', 'docker.io'],
		['index.docker.io', 'registry-1.docker.io'],
		['docker.io', 'docker.io'],
		['localhost:5000', 'localhost:5000'],
	])('%s is the entry of %s', (key, host) => {
		expect(read({ [key]: plain }, host)).toBe('user:hunter2');
	});

	test.each([
		['r.example', 'a.r.example'],
		['r.example:5000', 'r.example'],
		['https://index.docker.io/v1/', 'ghcr.io'],
	])('%s is no entry of %s', (key, host) => {
		expect(() => read({ [key]: plain }, host)).toThrow(NoLogin);
	});

	test('the first host with an entry counts', () => {
		const auths = { b: { ...plain, username: 'b' }, c: { ...plain, username: 'c' } };
		expect(read(auths, 'a', 'b', 'c')).toBe('b:hunter2');
	});
});

describe('entries', () => {
	test.each(['dXNlcjpodW50ZXI6Mg==', 'dXNlcjpodW50ZXI6Mg'])('auth %s is split at the first colon', (auth) => {
		expect(read({ r: { auth } }, 'r')).toBe('user:hunter:2');
	});

	test('auth stands over user and password', () => {
		expect(read({ r: { ...plain, auth: btoa('me:other') } }, 'r')).toBe('me:other');
	});

	test.each([
		[{ auth: btoa('hunter2') }, 'not base64 of user:password'],
		[{ auth: '%%%' }, 'not base64 of user:password'],
		[{}, 'no user and password'],
		[null, 'no user and password'],
		[{ identitytoken: 'hunter2' }, 'an identity token'],
	])('%j gives no login', (entry, why) => {
		expect(() => read({ r: entry }, 'r')).toThrow(why);
	});
});

test.each(['', '[]', 'null', '{}', '{"auths":[]}', '{"credHelpers":{}}'])('%s gives no login', (text) => {
	expect(() => readDockerConfig(text, ['r'])).toThrow(NoLogin);
});

test('any text gives a login or says why not', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(file)), (text) => {
			expect([undefined, 'NoLogin']).toContain(failureOf(() => readDockerConfig(text, ['r'])));
		}),
	);
});

function failureOf(read: () => unknown): string | undefined {
	try {
		read();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.name : 'no error';
	}
}
