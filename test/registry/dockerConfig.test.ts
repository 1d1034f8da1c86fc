import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { loginFor, matchLogins, NoLogin, readDockerConfig } from '../../src/registry/dockerConfig.ts';

const file = (auths: unknown) => JSON.stringify({ auths });
const plain = { username: 'user', password: 'hunter2' };

/** The login of the first of these images that has one. */
function read(auths: unknown, ...images: string[]): string {
	const { username, password } = loginFor(file(auths), images);
	return `${username}:${password.reveal()}`;
}

/** The users of the logins for an image, in order; each location is its own user. */
function users(locations: readonly string[], image: string): string[] {
	const auths = Object.fromEntries(locations.map((location) => [location, { username: location, password: 'p' }]));
	return matchLogins(readDockerConfig(file(auths)), image).map(({ username }) => username);
}

describe('a login for a host', () => {
	test.each([
		['r.example', 'r.example/a'],
		['https://r.example', 'r.example/a'],
		['https://r.example/v2/', 'r.example/a'],
		['https://index.docker.io/v1/', 'docker.io/library/a'],
		['index.docker.io', 'registry-1.docker.io/library/a'],
		['docker.io', 'docker.io/library/a'],
		['localhost:5000', 'localhost:5000/a'],
	])('%s is the entry of %s', (location, image) => {
		expect(read({ [location]: plain }, image)).toBe('user:hunter2');
	});

	test.each([
		['r.example', 'a.r.example/a'],
		['r.example:5000', 'r.example/a'],
		['R.example', 'r.example/a'],
		['https://index.docker.io/v1/', 'ghcr.io/a'],
	])('%s is no entry of %s', (location, image) => {
		expect(() => read({ [location]: plain }, image)).toThrow('has no entry for this registry under "auths"');
	});

	test('the first name with an entry counts', () => {
		const auths = { b: { ...plain, username: 'b' }, c: { ...plain, username: 'c' } };
		expect(read(auths, 'a/x', 'b/x', 'c/x')).toBe('b:hunter2');
	});
});

describe('several logins for an image', () => {
	test('the longer path comes first, patterns last', () => {
		const locations = ['*.example', 'r.example', 'r.example/team/app', 'r.example/team', 'r.example/other'];
		expect(users(locations, 'r.example/team/app')).toEqual([
			'r.example/team/app',
			'r.example/team',
			'r.example',
			'*.example',
		]);
	});

	test('several spellings of one key are all kept, as they stand in the file', () => {
		const spellings = ['http://r.example', 'r.example', 'https://r.example/v1/'];
		expect(users(spellings, 'r.example/a')).toEqual(spellings);
	});

	test('Docker Hub has its old name only where nothing else matches', () => {
		expect(users(['docker.io', 'https://index.docker.io/v1/'], 'docker.io/library/a')).toEqual(['docker.io']);
		expect(users(['index.docker.io'], 'docker.io/library/a')).toEqual(['index.docker.io']);
		expect(users(['index.docker.io'], 'index.docker.io.example/a')).toEqual([]);
	});

	test('an entry without a login leaves its place to the next', () => {
		const config = readDockerConfig(file({ 'r.example/team': {}, 'r.example': plain }));
		expect(matchLogins(config, 'r.example/team/a').map(({ username }) => username)).toEqual(['user']);
	});
});

describe('entries', () => {
	test.each(['dXNlcjpodW50ZXI6Mg==', 'dXNlcjpodW50ZXI6Mg', 'dXNlcjpodW50\nZXI6Mg=='])(
		'auth %j is split at the first colon',
		(auth) => {
			expect(read({ r: { auth } }, 'r/a')).toBe('user:hunter:2');
		},
	);

	test('auth stands over user and password', () => {
		expect(read({ r: { ...plain, auth: btoa('me:other') } }, 'r/a')).toBe('me:other');
	});

	test.each([
		[{ auth: btoa('hunter2') }, 'not base64 of user:password'],
		[{ auth: '%%%' }, 'not base64 of user:password'],
		[{ auth: 'dXNlcjpodW50ZXI6Mg=' }, 'not base64 of user:password'],
		[{}, 'no user and password'],
		[null, 'no user and password'],
		[{ identitytoken: 'hunter2' }, 'only a token'],
		[{ registrytoken: 'hunter2' }, 'only a token'],
		[{ username: 7 }, 'no text'],
	])('%j gives no login', (entry, why) => {
		expect(() => read({ r: entry }, 'r/a')).toThrow(why);
	});

	test('what the kubelet passes over is told by name', () => {
		const text = JSON.stringify({ auths: { r: { ...plain, identitytoken: 't' } }, credHelpers: {}, credsStore: 'x' });
		const config = readDockerConfig(text);
		expect(config.ignored).toEqual(['credHelpers', 'credsStore']);
		expect(config.entries.map(({ ignored }) => ignored)).toEqual([['identitytoken']]);
	});

	test('the older form has its entries at the top', () => {
		const config = readDockerConfig(JSON.stringify({ 'r.example': plain }), '.dockercfg');
		expect(matchLogins(config, 'r.example/a')).toHaveLength(1);
	});
});

test.each(['', '[]', 'null', '{}', '{"auths":[]}', '{"credHelpers":{}}'])('%s gives no login', (text) => {
	expect(() => loginFor(text, ['r/a'])).toThrow(NoLogin);
});

test('any text gives a login or says why not', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(file)), (text) => {
			expect([undefined, 'NoLogin']).toContain(failureOf(() => loginFor(text, ['r/a'])));
		}),
	);
});

function failureOf(attempt: () => unknown): string | undefined {
	try {
		attempt();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.name : 'no error';
	}
}
