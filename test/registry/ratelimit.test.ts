import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rateLimitState, readRateLimit } from '../../src/registry/ratelimit.ts';

function read(headers: Readonly<Record<string, string>>) {
	return readRateLimit((name) => (Object.hasOwn(headers, name) ? headers[name] : undefined));
}

describe('the quota', () => {
	test('of Docker Hub', () => {
		const headers = {
			'ratelimit-limit': '100;w=21600',
			'ratelimit-remaining': '76;w=21600',
			'docker-ratelimit-source': '192.0.2.1',
		};
		expect(read(headers)).toEqual({ limit: 100, remaining: 76, windowSeconds: 21_600, source: '192.0.2.1' });
	});

	test.each([
		['100', { limit: 100 }],
		['0;w=3600', { limit: 0, windowSeconds: 3600 }],
		[' 100 ; w = 3600 ', { limit: 100, windowSeconds: 3600 }],
		['100;burst=5;w=60', { limit: 100, windowSeconds: 60 }],
		[';w=21600', { windowSeconds: 21_600 }],
		['100, 100;w=60', { limit: 100 }],
		['100;w=', { limit: 100 }],
		['', {}],
		['-5', {}],
		['many', {}],
		['100 pulls', {}],
		['1e3', {}],
		['9'.repeat(30), {}],
	])('from ratelimit-limit: %s', (value, quota) => {
		expect(read({ 'ratelimit-limit': value })).toEqual(quota);
	});

	test.each([
		[{ ratelimit: '"default";r=50;t=30' }, { remaining: 50 }],
		[
			{ ratelimit: '"a";r=50, "b";r=7', 'ratelimit-policy': '"b";q=10;w=60,"a";q=99' },
			{ limit: 10, remaining: 7, windowSeconds: 60 },
		],
		[
			{ ratelimit: '"a,b;r=1";r=9', 'ratelimit-policy': '"a,b;r=1";q=20' },
			{ limit: 20, remaining: 9 },
		],
		[{ ratelimit: '"a";r=5', 'ratelimit-policy': '"a";q=9;qu="content-bytes"' }, {}],
		[{ ratelimit: 'limit=100, remaining=40, reset=9' }, { limit: 100, remaining: 40 }],
		[
			{ 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': '1' },
			{ limit: 60, remaining: 59 },
		],
		[{ 'ratelimit-remaining': '3', 'x-ratelimit-limit': '60', ratelimit: '"x";r=9' }, { remaining: 3 }],
		[{}, {}],
	])('from %j', (headers, quota) => {
		expect(read(headers)).toEqual(quota);
	});
});

describe('the source', () => {
	test.each([
		['192.0.2.1', '192.0.2.1'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
		['2001:41d0:801:2000::/64', '2001:41d0:801:2000::/64'],
		['2001:db8::1', '2001:db8::/64'],
		['2001:db8:0:2::1', '2001:db8:0:2::/64'],
		['::ffff:192.0.2.1', '192.0.2.1'],
		['192.0.2.1, 10.0.0.1', '192.0.2.1'],
		['5b1d9f3e-7a52-4f0e-9d6c-0123456789ab', '5b1d9f3e-7a52-4f0e-9d6c-0123456789ab'],
		['account_7', 'account_7'],
	])('%s is %s', (value, source) => {
		expect(read({ 'docker-ratelimit-source': value })).toEqual({ source });
	});

	test.each([
		'',
		' ',
		'192.0.2.0/24',
		'192.0.2.1/64',
		'192.0.2.1:443',
		'fe80::1%eth0',
		'a b',
		'ä',
		'a"}',
		'x'.repeat(65),
	])('%j is dropped', (value) => expect(read({ 'docker-ratelimit-source': value })).toEqual({}));
});

test.each([
	[{}, 'unlimited_or_unknown'],
	[{ source: '192.0.2.1', windowSeconds: 60 }, 'unlimited_or_unknown'],
	[{ limit: 100 }, 'limited'],
	[{ limit: 100, remaining: 1 }, 'limited'],
	[{ limit: 100, remaining: 0 }, 'exhausted'],
	[{ remaining: 0 }, 'exhausted'],
])('%j is %s', (quota, state) => {
	expect(rateLimitState(quota)).toBe(state);
});

test('any headers give whole numbers and a source fit for a label', () => {
	const part = fc.constantFrom('100', ';', 'w=', '"', ',', 'r=', ' ', '::', '/64', '=', 'limit=');
	const value = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part, { maxLength: 500 }).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(value, (text) => {
			const { source = '', ...numbers } = readRateLimit(() => text);
			expect(Object.values(numbers).every((it) => Number.isSafeInteger(it) && it >= 0)).toBe(true);
			expect(source).toMatch(/^[\w.:/-]{0,64}$/);
		}),
	);
});
