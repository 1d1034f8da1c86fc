import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChallenge } from '../../src/registry/challenge.ts';
import { timeOf } from '../processorTime.ts';

const realm = 'https://auth.docker.io/token';
const bearer = `Bearer realm="${realm}",service="registry.docker.io",scope="repository:a/b:pull"`;

describe('a Bearer challenge', () => {
	test('of Docker Hub', () => {
		expect(readChallenge([bearer])).toEqual({
			scheme: 'bearer',
			realm,
			service: 'registry.docker.io',
			scopes: ['repository:a/b:pull'],
		});
	});

	test('names are in any case, values may be bare, spaces may surround commas', () => {
		expect(readChallenge([`bEaReR REALM="${realm}" , Service=gcr.io,\tSCOPE=aws`])).toEqual({
			scheme: 'bearer',
			realm,
			service: 'gcr.io',
			scopes: ['aws'],
		});
	});

	test('commas and spaces within quotes belong to the value', () => {
		const line = `Bearer scope="repository:a/b:pull,push repository:c:pull",realm="${realm}"`;
		expect(readChallenge([line])).toEqual({
			scheme: 'bearer',
			realm,
			scopes: ['repository:a/b:pull,push', 'repository:c:pull'],
		});
	});

	test('escapes within quotes are resolved', () => {
		expect(readChallenge([`Bearer realm="${realm}",service="a\\"b\\\\c"`])).toMatchObject({ service: 'a"b\\c' });
	});

	test('a quoted string that never ends is empty', () => {
		expect(readChallenge([`Bearer realm="${realm}",service="half\\"`])).toEqual({
			scheme: 'bearer',
			realm,
			scopes: [],
		});
	});

	test('an empty scope is one empty scope, no scope is none', () => {
		expect(readChallenge([`Bearer realm="${realm}",scope=""`])).toMatchObject({ scopes: [''] });
		expect(readChallenge([`Bearer realm="${realm}"`])).toMatchObject({ scopes: [] });
	});

	test('of a parameter given twice the last counts', () => {
		expect(readChallenge([`Bearer realm="https://a/",realm="${realm}"`])).toMatchObject({ realm });
	});

	test('tells why a token was refused', () => {
		expect(readChallenge([`${bearer},error="insufficient_scope"`])).toMatchObject({ error: 'insufficient_scope' });
	});
});

describe('of several challenges', () => {
	test('Bearer goes before Basic on lines of their own', () => {
		expect(readChallenge(['Basic realm="x"', bearer])).toMatchObject({ scheme: 'bearer', realm });
	});

	test('only the first of a line counts', () => {
		expect(readChallenge([`Basic realm="x", ${bearer}`])).toEqual({ scheme: 'basic', realm: 'x' });
	});

	test('the first Bearer line decides, also when it cannot be used', () => {
		expect(readChallenge(['Bearer service="x"', bearer])).toMatchObject({ scheme: 'unsupported' });
	});

	test('an unknown one does not hide a known one', () => {
		expect(readChallenge(['Negotiate', 'Digest realm="d"', 'Basic realm="b"'])).toEqual({
			scheme: 'basic',
			realm: 'b',
		});
	});
});

describe('a challenge that cannot be used', () => {
	test.each([
		['Negotiate', 'neither Bearer nor Basic but negotiate'],
		['Digest realm="x",nonce="y"', 'digest'],
		['', 'nothing'],
		['"Bearer" realm="https://x/"', 'nothing'],
		['Bearer', 'no realm'],
		['Bearer service="x"', 'no realm'],
		['Bearer realm=https://auth/token', 'not an absolute'],
		['Bearer realm=""', 'not an absolute'],
		['Bearer realm="/token"', 'not an absolute'],
		['Bearer realm="https:///token"', 'not an absolute'],
		['Bearer realm="https:auth/token"', 'not an absolute'],
		['Bearer realm="https:\\\\\\\\auth/token"', 'not an absolute'],
		['Bearer realm=" https://auth/token"', 'not an absolute'],
		['Bearer realm="ftp://auth/token"', 'not an absolute'],
		['Bearer realm="https://auth:99999/token"', 'not an absolute'],
		[`Bearer realm="https://${'A'.repeat(20_000)}.test/token"`, 'not an absolute'],
	])('%j says why', (line, why) => {
		expect(readChallenge([line])).toEqual({ scheme: 'unsupported', why: expect.stringContaining(why) });
	});
});

test('no header is no challenge', () => {
	expect(readChallenge([])).toBeUndefined();
});

test('Basic needs no realm', () => {
	expect(readChallenge(['basic'])).toEqual({ scheme: 'basic' });
});

test('a long hostile line is read in time that grows with its length', () => {
	const lines = [`Bearer ${'a="\\"'.repeat(20_000)}`, `Bearer realm="${'\\\\'.repeat(50_000)}`, ` ,`.repeat(50_000)];
	expect(timeOf(() => readChallenge(lines))).toBeLessThan(1000);
});

test('any lines give a challenge whose words are printable', () => {
	const part = fc.constantFrom(
		'Bearer ',
		'Basic ',
		'realm=',
		'"',
		`"${realm}"`,
		',',
		' ',
		'\\',
		'error="\u001b[31m"',
		'scope=',
	);
	const line = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
			const challenge = readChallenge(lines);
			expect(['bearer', 'basic', 'unsupported']).toContain(challenge?.scheme);
			const words =
				challenge?.scheme === 'unsupported' ? challenge.why : challenge?.scheme === 'bearer' ? challenge.error : '';
			expect(words ?? '').toMatch(/^\P{Cc}{0,200}$/u);
		}),
		{ numRuns: 1000 },
	);
});
