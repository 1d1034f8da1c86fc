import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactText } from '../../src/registry/redactText.ts';

test.each([
	['no URL: nothing changes, is it?', 'no URL: nothing changes, is it?'],
	['(is it?) no, it is not', '(is it?) no, it is not'],
	['to https://cdn/x?sig=S: 403 Forbidden', 'to https://cdn/x?sig=REDACTED: 403 Forbidden'],
	['Get "https://cdn/x?sig=S": EOF', 'Get "https://cdn/x?sig=REDACTED": EOF'],
	['Get \\"https://cdn/x?sig=S\\": EOF', 'Get \\"https://cdn/x?sig=REDACTED\\": EOF'],
	['https://cdn/x?ns=a\\u0026sig=S', 'https://cdn/x?ns=a&sig=REDACTED'],
	['https://t/x?scope=a&service=b', 'https://t/x?scope=a&service=b'],
	['https://user:S@r/v2/', 'https://r/v2/'],
	['Head "/v2/a?sig=S&b=S": x', 'Head "/v2/a?REDACTED": x'],
	['Head "/v2/a?ns=docker.io": x', 'Head "/v2/a?ns=docker.io": x'],
	['https://r/go%3Fsig%3DS%26b%3DS', 'https://r/go%3FREDACTED'],
	['go%253Fsig%253DS', 'go%3FREDACTED'],
	['<a version=1?>', '<a version=1?>'],
	['/x?>&sig=S', '/x?REDACTED'],
	['https:\\/\\/cdn\\/x?sig=S', 'https://cdn/x?sig=REDACTED'],
	['"user:S@r.test/app:1" is no image', '"REDACTED@r.test/app:1" is no image'],
	['Location //user:S@r.test/go', 'Location //REDACTED@r.test/go'],
	['(user:S@r.test, (user:S@r.test)', '(REDACTED@r.test, (REDACTED@r.test)'],
	['/v2/app:1@x: at a:b@', '/v2/app:1@x: at a:b@'],
	['app:1@sha256:00 at 12:30', 'app:1@sha256:00 at 12:30'],
	['Authorization: Basic dXNlcjpT is wrong', 'Authorization: Basic REDACTED is wrong'],
	['bearer abcdef.123456', 'bearer REDACTED'],
	['no basic authentication; Bearer realm="https://t/x"', 'no basic authentication; Bearer realm="https://t/x"'],
	['token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJTIn0.c2ln, expired', 'token REDACTED, expired'],
	['"<?xml version=\\"1.0\\"?><Error>"', '"<?xml version=\\"1.0\\"?><Error>"'],
])('%s', (text, redacted) => {
	expect(redactText(text)).toBe(redacted);
});

const around = fc.constantFrom('', ' ', '"', '\\"', ': ', '(', 'a', '\n', "'", ', ');
const path = fc.constantFrom('https://h/p', '/p', 'HTTP://h', 'https://u@h:1/%3Fa', 'h/p');
const name = fc.constantFrom('sig', 'X-Amz-Signature', 'token', 'a+b', '');
const message = fc
	.tuple(around, path, name, around)
	.map(([before, start, named, after]) => `${before}${start}?ns=x&${named}=S3CRET${after}`);

test('no value of a query is left, whatever stands around the URL', () => {
	fc.assert(
		fc.property(message, (text) => {
			expect(redactText(text)).not.toContain('S3CRET');
		}),
	);
});

test('what is redacted stays as it is', () => {
	fc.assert(
		fc.property(message, (text) => {
			expect(redactText(redactText(text))).toBe(redactText(text));
		}),
	);
});

test.each(['(a:b', '(a:b@', 'a:b@', '?a=b', 'eyJ.', '%3f ', 'bearer ', 'http://a?'])(
	'%s many times takes a moment',
	(piece) => {
		const before = process.cpuUsage();
		redactText(piece.repeat(100_000 / piece.length));
		const { user } = process.cpuUsage(before);
		expect(user / 1e6).toBeLessThan(1);
	},
);
