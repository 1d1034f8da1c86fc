import { makeImage } from '../fakes/image.ts';
import { drip, pour, type Rude, say } from './raw.ts';
import { bombing, dripping, endless, manifestHeaders, rude } from './rude.ts';

const { mediaType } = makeImage();
const head = 'HTTP/1.1 200 OK\r\n';

/** Writes an opening, then a text without end. */
const opensThenPours =
	(opening: string, text: string): Rude =>
	(_request, stream) => {
		stream.write(opening);
		pour(stream, text);
	};

/** What a registry does, and what an attempt on it is to say. */
export const cases: Readonly<Record<string, readonly [Rude, string]>> = {
	'endless headers': [
		rude({ at: 'first', answer: opensThenPours(head, `X-Header: ${'x'.repeat(1000)}\r\n`) }),
		'registry challenge http_protocol_error',
	],
	'a header without end': [
		rude({ at: 'first', answer: opensThenPours(`${head}X-Header: `, 'x'.repeat(1000)) }),
		'registry challenge http_protocol_error',
	],
	'a reason phrase without end': [
		rude({ at: 'first', answer: opensThenPours('HTTP/1.1 200 ', 'OK '.repeat(300)) }),
		'registry challenge http_protocol_error',
	],
	'empty lines without end': [
		rude({ at: 'first', answer: opensThenPours('', '\r\n') }),
		'registry challenge http_protocol_error',
	],
	'informational answers without end': [
		rude({ at: 'first', answer: opensThenPours('', 'HTTP/1.1 103 Early Hints\r\n\r\n') }),
		'registry challenge http_protocol_error',
	],
	'an endless manifest': [
		rude({ at: 'manifest', answer: endless('200 OK', mediaType) }),
		'registry manifest manifest_invalid',
	],
	'an endless token': [
		rude({ at: 'token', answer: endless('200 OK', 'application/json') }),
		'token token auth_token_malformed',
	],
	'an endless layer': [rude({ at: 'blob', answer: endless('200 OK', 'application/octet-stream') }), 'none'],
	'an endless error of the manifest': [
		rude({ at: 'manifest', answer: endless('403 Forbidden', 'application/json') }),
		'registry manifest http_forbidden',
	],
	'an endless error of the token service': [
		rude({ at: 'token', answer: endless('503 Service Unavailable', 'text/plain') }),
		'token token http_server_error',
	],
	'endless trailers': [
		rude({
			at: 'manifest',
			answer: opensThenPours(
				`${head}Content-Type: ${mediaType}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n`,
				'A: b\r\n',
			),
		}),
		'registry manifest http_protocol_error',
	],
	'an endless chunk extension': [
		rude({
			at: 'manifest',
			answer: opensThenPours(`${head}Content-Type: ${mediaType}\r\nTransfer-Encoding: chunked\r\n\r\n1;a=`, 'b'),
		}),
		'registry manifest http_protocol_error',
	],
	'a head that drips': [
		rude({ at: 'first', answer: (_request, stream) => drip(stream, head, 1000) }),
		'registry challenge http_timeout',
	],
	'a manifest that drips': [
		rude({ at: 'manifest', answer: dripping('200 OK', mediaType, 1000) }),
		'registry manifest body_stalled',
	],
	'a token that drips': [
		rude({ at: 'token', answer: dripping('200 OK', 'application/json', 1000) }),
		'token token body_stalled',
	],
	'a layer that drips': [rude({ at: 'blob', answer: dripping('200 OK', 'application/octet-stream', 100) }), 'none'],
	'a layer that stalls': [
		rude({ at: 'blob', answer: dripping('200 OK', 'application/octet-stream', 5000) }),
		'registry blob body_stalled',
	],
	'an error that drips': [
		rude({ at: 'manifest', answer: dripping('403 Forbidden', 'application/json', 1000) }),
		'registry manifest http_forbidden',
	],
	'a manifest that unpacks without end': [
		rude({ at: 'manifest', answer: bombing('200 OK', mediaType) }),
		'registry manifest digest_mismatch',
	],
	'a token that unpacks without end': [
		rude({ at: 'token', answer: bombing('200 OK', 'application/json') }),
		'token token auth_token_malformed',
	],
	'a layer that unpacks without end': [
		rude({ at: 'blob', answer: bombing('200 OK', 'application/octet-stream') }),
		'none',
	],
	'an error that unpacks without end': [
		rude({ at: 'manifest', answer: bombing('403 Forbidden', 'application/json') }),
		'registry manifest http_forbidden',
	],
	'a length of more than comes': [
		rude({
			at: 'manifest',
			answer: (_request, stream) => {
				say(stream, '200 OK', manifestHeaders(5000), '{}');
				stream.end();
			},
		}),
		'registry manifest body_truncated',
	],
	'a length of more than comes, and silence': [
		rude({ at: 'manifest', answer: (_request, stream) => say(stream, '200 OK', manifestHeaders(5000), '{}') }),
		'registry manifest body_stalled',
	],
	'a length of less than comes': [
		rude({ at: 'manifest', answer: (_request, stream) => say(stream, '200 OK', manifestHeaders(2), '{}'.repeat(500)) }),
		'registry manifest digest_mismatch',
	],
	'a HEAD that promises too much': [
		rude({ at: 'first', answer: (_request, stream) => say(stream, '200 OK', manifestHeaders(5 * 1024 ** 2)) }),
		'registry manifest manifest_invalid',
	],
	'a length beyond all numbers': [
		rude({ at: 'first', answer: (_request, stream) => say(stream, '200 OK', [['content-length', '9'.repeat(30)]]) }),
		'registry challenge http_protocol_error',
	],
	'a length below zero': [
		rude({ at: 'first', answer: (_request, stream) => say(stream, '200 OK', [['content-length', -1]]) }),
		'registry challenge http_protocol_error',
	],
	'10,000 redirects': [
		rude({
			at: 'first',
			answer: ({ target }, stream) => {
				const turn = Number(/turn=(\d+)/.exec(target)?.[1] ?? 0);
				say(stream, turn < 10_000 ? '307 Temporary Redirect' : '200 OK', [
					['location', `${target.split('?')[0]}?turn=${turn + 1}`],
					['content-length', 0],
				]);
			},
		}),
		'registry manifest redirect_loop',
	],
};
