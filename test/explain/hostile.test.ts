import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainDocument } from '../../src/explain/document.ts';
import { longestMessage } from '../../src/explain/message.ts';
import { readMessage } from '../../src/explain/readMessage.ts';
import { isReason } from '../../src/reasons/reason.ts';
import { renderReading } from '../../src/views/terminal/readingReport.ts';
import { cases } from './recorded.ts';
import { timeOf } from '../processorTime.ts';

const style = { columns: 80, colour: false, unicode: true, verbose: true };

/** Everything that is shown of a message, in either form. */
function shown(message: string): string {
	const reading = readMessage(message);
	return renderReading(reading, style) + JSON.stringify(explainDocument(reading));
}

const signs = ['"', '\\"', '\\', '\n', ': ', '(', ')', '[', ']', '\u001b[31m', '\u202e', '\u0000'];
const words = ['rpc error: code = Unknown desc = ', 'Head "https://h/p?s=x": ', 'StatusCode: ', '401', 'not found'];
const starts = ['time="x" level=error error="', 'docker://', 'Failed to pull image "', 'EOF'];
const pieces = [...cases.slice(0, 60).map(({ text }) => text), ...signs, ...words, ...starts];
const message = fc
	.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 30 })
	.map((parts) => parts.join(''));

test('whatever comes in, the reading is of the closed lists, and nothing harmful is shown', () => {
	fc.assert(
		fc.property(message, (text) => {
			const { reason, open, role = 'registry' } = readMessage(text);
			expect(reason === null || isReason(reason)).toBe(true);
			expect(open.every(isReason)).toBe(true);
			expect(['registry', 'token', 'redirect', 'blob']).toContain(role);
			expect(shown(text)).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
		}),
	);
});

test('a recorded text that is cut anywhere is read without fault', () => {
	fc.assert(
		fc.property(fc.constantFrom(...cases), fc.double({ min: 0, max: 1, noNaN: true }), ({ text }, share) => {
			expect(readMessage(text.slice(0, Math.floor(text.length * share))).said.length).toBeLessThanOrEqual(300);
		}),
	);
});

describe('a message of the greatest length is read at once', () => {
	const fill = (piece: string) => piece.repeat(Math.ceil(longestMessage / piece.length)).slice(0, longestMessage);

	test.each([
		': ',
		':',
		'"',
		'\\"',
		'\\',
		'(',
		'([{',
		'"a: b" ',
		')(',
		'\n',
		'?',
		'/',
		'a/?',
		'?a=',
		'%3f',
		'https://',
		'https://h/?a=b ',
		'Get "',
		'Head "https://h/',
		'docker://',
		'image "',
		'error="',
		'time="x" level=\n',
		'code = X desc = ',
		'x509: ',
		' ',
		'a',
		'\\u0026',
		'registry 401 (',
		', rpc error: code = ',
	])('%j again and again', (piece) => {
		const time = timeOf(() => {
			shown(fill(piece));
			shown(`[rpc error: code = ${fill(piece)}]`);
		});
		expect(time).toBeLessThan(1500);
	});

	test('what is behind the bound is not read', () => {
		expect(readMessage(`${' '.repeat(longestMessage)}pull QPS exceeded`).reason).toBeNull();
	});
});

describe('no secret of a URL is shown', () => {
	const secret = 'S3CRET-value_0';
	const query = `X-Amz-Signature=${secret}&scope=a`;
	const url = `https://cdn.example/v2/a/b/blobs/sha256:00?${query}`;

	test.each([
		['in an error of a request', `failed to copy: failed to do request: Get "${url}": EOF`],
		['in a status', `failed to copy: unexpected status from GET request to ${url}: 403 Forbidden`],
		['in an old status', `failed to copy: unexpected status code ${url}: 403 Forbidden`],
		['in a log line', `time="2026-11-21T08:14:42Z" level=error error=${JSON.stringify(`Get "${url}": EOF`)}`],
		['in JSON of Go', JSON.stringify(`Get "${url}": EOF`).replaceAll('&', '\\u0026')],
		['in the inside of a JSON string', `Get \\"${url}\\": EOF`],
		['twice quoted', JSON.stringify(JSON.stringify(`Get "${url}": EOF`))],
		['in a redirect without a host', `Head "/v2/a/b/manifests/1?${query}": stopped after 10 redirects`],
		['percent-encoded', `Head "https://r.example/go%3F${encodeURIComponent(query)}": EOF`],
		['in a login', `Get "https://user:${secret}@r.example/v2/": EOF`],
		['in the body of an answer', `reading manifest 1 in a/b: StatusCode: 403, "<a href=\\"${url}\\">"`],
		[
			'in the answer of a token service',
			`decoding bearer token (last URL "${url}", body start "x"): invalid character 'x'`,
		],
		['as a host', `pinging container registry ${url}: EOF`],
		['as an image', `Failed to pull image "${url}": EOF`],
		['as a name', `Get "https://h/v2/": dial tcp: lookup ${url} on ${url}: no such host`],
		['as an address', `Get "https://h/v2/": dial tcp h?${query}: connect: connection refused`],
	])('%s', (_, text) => {
		expect(shown(text)).not.toContain(secret);
		expect(shown(`${text}: something nobody knows`)).not.toContain(secret);
	});

	test('of any recorded text', () => {
		const signed = cases.filter(({ text }) => text.includes('sig=SECRET'));
		expect(signed.length).toBeGreaterThan(5);
		expect(signed.filter(({ text }) => shown(text).includes('SECRET'))).toEqual([]);
	});
});
