import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidProxyUrl, parseProxyUrl } from '../../src/registry/proxyUrl.ts';

describe('the address of a proxy', () => {
	test.each([
		['proxy', 'http', 'proxy', 80],
		['proxy:3128', 'http', 'proxy', 3128],
		['http://proxy', 'http', 'proxy', 80],
		['HTTP://Proxy.Corp:3128/', 'http', 'proxy.corp', 3128],
		['https://proxy', 'https', 'proxy', 443],
		['socks5://proxy', 'socks5', 'proxy', 1080],
		['socks5h://proxy:9050', 'socks5', 'proxy', 9050],
		['http://[2001:DB8::1]:3128', 'http', '2001:db8::1', 3128],
		['10.0.0.1:3128', 'http', '10.0.0.1', 3128],
		['http//proxy:3128', 'http', 'http', 80],
		['http://@proxy', 'http', 'proxy', 80],
		['http://proxy:3128/path?query#fragment', 'http', 'proxy', 3128],
	])('%s', (text, scheme, hostname, port) => {
		expect(parseProxyUrl(text)).toEqual({ scheme, hostname, port });
	});

	test.each([
		['http://user:pass@proxy:3128', 'user', 'pass'],
		['user:pass@proxy:3128', 'user', 'pass'],
		['http://user@proxy', 'user', ''],
		['http://us%40er:p%3Aa%2Fss@proxy', 'us@er', 'p:a/ss'],
		['http://user:a:b@c@proxy', 'user', 'a:b@c'],
	])('%s carries a login', (text, username, password) => {
		const { login, hostname } = parseProxyUrl(text);
		expect([login?.username, login?.password.reveal(), hostname]).toEqual([username, password, 'proxy']);
	});

	test('a login is not printed', () => {
		expect(JSON.stringify(parseProxyUrl('http://user:hunter2@proxy'))).not.toContain('hunter2');
	});

	test.each([
		['', 'empty'],
		['ftp://u:hunter2@proxy', 'scheme'],
		['constructor://proxy', 'scheme'],
		['http://', 'host'],
		['http://u:hunter2@', 'host'],
		['http://u:hunter2@pro xy', 'host'],
		[' http://u:hunter2@proxy', 'host'],
		['http://proxy:0', 'host'],
		['http://proxy:99999', 'host'],
		['http://::1:3128', 'host'],
		['http://u:hunter2%zz@proxy', '%25'],
		['http://u:hunter2/x@proxy', 'host'],
		['http://u:12/hunter2@proxy', '%2F'],
		['http://u:12?hunter2@proxy', '%2F'],
		['x'.repeat(5000), 'too long'],
	])('%j is refused and not repeated', (text, why) => {
		expect(() => parseProxyUrl(text)).toThrow(InvalidProxyUrl);
		expect(() => parseProxyUrl(text)).toThrow(why);
		expect(() => parseProxyUrl(text)).not.toThrow('hunter2');
	});

	test('a login of any characters comes back when it is percent-encoded', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1, unit: 'grapheme' }),
				fc.string({ unit: 'grapheme' }),
				(username, password) => {
					const userinfo = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
					const { login } = parseProxyUrl(`https://${userinfo}@proxy`);
					expect([login?.username, login?.password.reveal()]).toEqual([username, password]);
				},
			),
		);
	});

	test('any text gives a proxy or the documented error', () => {
		const part = fc.constantFrom('http', '://', 'socks5', '@', ':', '[::1]', '3128', '%', '/', 'proxy', 'S3CR3T');
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(part).map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(text, (raw) => {
				expect(outcome(raw)).toMatch(/^(?:http|https|socks5|InvalidProxyUrl(?!.*S3CR3T).*)$/);
			}),
		);
	});
});

function outcome(text: string): string {
	try {
		return parseProxyUrl(text).scheme;
	} catch (error) {
		return error instanceof InvalidProxyUrl ? String(error) : 'unexpected';
	}
}
