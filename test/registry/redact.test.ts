import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, printableUrl, withoutLogin } from '../../src/registry/redact.ts';

const escape = String.fromCharCode(0x1b);
const text = fc.string({ unit: 'binary', maxLength: 400 });
const harmless = /^[^\p{Cc}\p{Cf}\p{Cs}]*$/u;

describe('a text from outside becomes one line that a terminal can bear', () => {
	test.each([
		['plain, as it was', 'plain, as it was'],
		['zwölf 漢字 🐳', 'zwölf 漢字 🐳'],
		['one\r\ntwo\tthree\u2028four', 'one two three four'],
		[`${escape}[31mred${escape}[0m`, 'red'],
		[`${escape}]0;title${String.fromCharCode(7)}after`, 'after'],
		[`${escape}]8;;https://evil${escape}\\link`, 'link'],
		[`${escape}c`, '\uFFFDc'],
		['\u009b31mred', 'red'],
		['a\u0000b\u007fc', 'a\uFFFDb\uFFFDc'],
		['left\u202Eright', 'left\uFFFDright'],
		['half\uD83D', 'half\uFFFD'],
	])('%j reads %j', (raw, shown) => {
		expect(printable(raw)).toBe(shown);
	});

	test('what is too long is cut with an ellipsis', () => {
		expect(printable('abcdef', 4)).toBe('abc…');
		expect(printable('a'.repeat(100_000))).toBe(`${'a'.repeat(199)}…`);
	});

	test('a pair of surrogates is never cut in two', () => {
		expect(printable('ab🐳🐳', 4)).toBe('ab…');
	});

	test('a text that ends in a removed sequence still shows that it was cut', () => {
		expect(printable(`ab${`${escape}[0m`.repeat(1000)}cd`, 10)).toBe('ab…');
	});

	test('whatever comes in, the result is printable and bounded', () => {
		fc.assert(
			fc.property(text, fc.integer({ min: 0, max: 50 }), (raw, max) => {
				const shown = printable(raw, max);
				expect(shown.length).toBeLessThanOrEqual(max);
				expect(shown).toMatch(harmless);
				expect(printable(shown, max)).toBe(shown);
			}),
		);
	});
});

describe('a URL is shown without what may be secret', () => {
	test.each([
		['https://ghcr.io/v2/a/b/manifests/1?ns=docker.io', 'https://ghcr.io/v2/a/b/manifests/1?ns=docker.io'],
		[
			'https://auth.docker.io/token?scope=repository:a/b:pull&service=x&account=me',
			'https://auth.docker.io/token?scope=repository:a/b:pull&service=x&account=REDACTED',
		],
		['https://cdn/x?X-Amz-Signature=abc&sig=', 'https://cdn/x?X-Amz-Signature=REDACTED&sig=REDACTED'],
		['https://cdn/x?barekey', 'https://cdn/x?REDACTED'],
		['https://cdn/x?Scope=abc', 'https://cdn/x?Scope=REDACTED'],
		['https://user:pw@host:8443/x#frag', 'https://host:8443/x'],
		['socks5://user:pw@proxy:1080', 'socks5://proxy:1080'],
		['data:text/plain,secret', 'data:REDACTED'],
		['not a url', '(unreadable URL)'],
		[`https://host/dl/${'t'.repeat(200)}/x`, 'https://host/dl/REDACTED/x'],
		['https://cdn/hdnts=exp~hmac/x;jsessionid=1', 'https://cdn/REDACTED/REDACTED'],
		['https://host:12/a/S3CR3T@m.test/v2/x', 'https://host:12/REDACTED/v2/x'],
		['https://host:12/S3CR3T%40m.test/v2/x', 'https://host:12/REDACTED/v2/x'],
		['https://login/https%3A%2F%2Fcdn%3Fsig%3Dabc', 'https://login/https%3A%2F%2Fcdn%3FREDACTED'],
	])('%s is shown as %s', (url, shown) => {
		expect(printableUrl(url)).toBe(shown);
	});

	test('a URL object is shown in the same way', () => {
		expect(printableUrl(new URL('https://u:p@[::1]:5000/x?token=t'))).toBe('https://[::1]:5000/x?token=REDACTED');
	});

	test('the number of parameters is bounded', () => {
		const url = `https://host/?${Array.from({ length: 100 }, (_, at) => `p${at}=1`).join('&')}`;
		expect(printableUrl(url)).toMatch(/^https:\/\/host\/\?(?:p\d+=REDACTED&){20}…$/);
	});

	test('no value of an unknown parameter and no login ever shows', () => {
		const secret = fc.stringMatching(/^[a-zA-Z0-9%]{8,30}$/).map((raw) => `S3CR3T${raw}`);
		const name = fc.stringMatching(/^[a-zA-Z-]{1,12}$/).filter((raw) => !['ns', 'scope', 'service'].includes(raw));
		fc.assert(
			fc.property(secret, name, (value, key) => {
				expect(printableUrl(`https://u:${value}@host/p?a=1&${key}=${value}&${value}#${value}`)).not.toContain('S3CR3T');
			}),
		);
	});

	test('any text gives a printable bounded line', () => {
		fc.assert(
			fc.property(fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true })), (raw) => {
				expect(printableUrl(raw)).toMatch(harmless);
				expect(printableUrl(raw).length).toBeLessThanOrEqual(500);
			}),
		);
	});
});

test.each([
	['https://user:pw@mirror.test/cache', 'https://REDACTED@mirror.test/cache'],
	['user:p@ss/word@mirror.test', 'REDACTED@mirror.test'],
	['user:pw@mirror.test/app@sha256:00', 'REDACTED@mirror.test/app@sha256:00'],
	['mirror.test/app:1@sha256:00', 'mirror.test/app:1@sha256:00'],
	['mirror.test:5000', 'mirror.test:5000'],
])('the login in %s is not shown', (text, shown) => {
	expect(withoutLogin(text)).toBe(shown);
});
