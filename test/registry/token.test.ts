import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJwtExpiry, readToken, TokenMalformed, tokenUrl } from '../../src/registry/token.ts';

const realm = 'https://auth.docker.io/token';

describe('the request for a token', () => {
	test('asks for the repository and the service', () => {
		const url = tokenUrl({ realm, service: 'registry.docker.io', scopes: [] }, 'library/nginx');
		expect(url.href).toBe(`${realm}?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io`);
	});

	test('adds the scopes of the challenge, sorted, each once', () => {
		const scopes = ['repository:proxy/a:pull', 'aws', 'repository:a:pull', 'aws'];
		expect(tokenUrl({ realm, scopes }, 'a').searchParams.getAll('scope')).toEqual([
			'aws',
			'repository:a:pull',
			'repository:proxy/a:pull',
		]);
	});

	test('does not name a service that the challenge does not name', () => {
		expect(tokenUrl({ realm, scopes: [] }, 'a').searchParams.has('service')).toBe(false);
	});

	test('keeps the query of the realm', () => {
		const url = tokenUrl({ realm: 'https://host/jwt/auth?tenant=7', scopes: [] }, 'a');
		expect(url.href).toBe('https://host/jwt/auth?scope=repository%3Aa%3Apull&tenant=7');
	});

	test('sends neither a login nor a fragment that stands in the realm', () => {
		expect(tokenUrl({ realm: 'https://u:p@host/t#x', scopes: [] }, 'a').href).toBe(
			'https://host/t?scope=repository%3Aa%3Apull',
		);
	});
});

describe('the answer', () => {
	test.each([
		['{"token":"t"}', { token: 't', others: [] }],
		['{"access_token":"a"}', { token: 'a', others: [] }],
		['{"token":"t","access_token":"a","expires_in":300}', { token: 'a', others: ['t'], lifetimeSeconds: 300 }],
		['{"token":"t","access_token":""}', { token: 't', others: [] }],
		['{"token":"t","access_token":null}', { token: 't', others: [] }],
		['{"token":"t","expires_in":"60"}', { token: 't', others: [], lifetimeSeconds: 60 }],
		['{"token":"t","expires_in":0}', { token: 't', others: [] }],
		['{"token":"t","expires_in":-5}', { token: 't', others: [] }],
		['{"token":"t","expires_in":"soon"}', { token: 't', others: [] }],
		['{"token":"t","expires_in":1e300}', { token: 't', others: [], lifetimeSeconds: 315_360_000 }],
		['{"token":"t","access_token":"a","refresh_token":"r"}', { token: 'a', others: ['t', 'r'] }],
		['{"token":"t","refresh_token":7}', { token: 't', others: [] }],
	])('%s holds a token', (body, answer) => {
		expect(readToken(body)).toEqual(answer);
	});

	test.each([
		['', 'not JSON'],
		['<html>', 'not JSON'],
		['[]', 'not a JSON object'],
		['null', 'not a JSON object'],
		['"token"', 'not a JSON object'],
		['{}', 'neither'],
		['{"token":""}', 'neither'],
		['{"token":5}', 'not a text'],
		['{"token":"t","access_token":{}}', 'not a text'],
		['{"token":"a\\nb"}', 'characters'],
		['{"token":"ä"}', 'characters'],
	])('%s holds none', (body, why) => {
		expect(() => readToken(body)).toThrow(TokenMalformed);
		expect(() => readToken(body)).toThrow(why);
	});

	test('an error never repeats the answer', () => {
		expect(() => readToken('S3CR3T')).not.toThrow('S3CR3T');
		expect(() => readToken('{"token":"S3CR3T\\u0000"}')).not.toThrow('S3CR3T');
	});

	test('any body gives a token fit for a header, or the documented error', () => {
		const body = fc.oneof(
			fc.json(),
			fc.string(),
			fc
				.record({ token: fc.anything(), access_token: fc.anything(), expires_in: fc.anything() })
				.map((it) => stringify(it)),
		);
		fc.assert(
			fc.property(body, (text) => {
				expect(attempt(text)).toMatch(/^[ -~]+$/);
			}),
		);
	});
});

describe('the expiry inside a token', () => {
	const jwt = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;

	test.each([
		[jwt('{"exp":1700000300}'), 1_700_000_300],
		[jwt('{"exp":"1700000300"}'), undefined],
		[jwt('{"exp":-1}'), undefined],
		[jwt('{}'), undefined],
		[jwt('null'), undefined],
		[jwt('not json'), undefined],
		['opaque', undefined],
		['a.b', undefined],
		['a..c', undefined],
		['a.b.c.d', undefined],
		['', undefined],
	])('of %s', (token, expiry) => {
		expect(readJwtExpiry(token)).toBe(expiry);
	});

	test('any text is borne', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json().map(jwt)), (token) => {
				expect(['number', 'undefined']).toContain(typeof readJwtExpiry(token));
			}),
		);
	});
});

function stringify(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '';
	}
}

function attempt(body: string): string {
	try {
		return readToken(body).token;
	} catch (error) {
		if (error instanceof TokenMalformed) return error.message;
		throw error;
	}
}
