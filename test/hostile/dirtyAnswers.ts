import type { Duplex } from 'node:stream';
import { makeImage } from '../fakes/image.ts';
import type { Rude } from './raw.ts';
import { manifestHeaders, rude } from './rude.ts';

const image = makeImage();

type Part = string | number | Buffer;

/** Writes head and body as bytes; `content-length` is added. */
function write(
	stream: Duplex,
	status: Part,
	headers: readonly (readonly [string, ...Part[]])[],
	body: Part[] = [],
): void {
	const content = join(body);
	const lines = headers.flatMap(([name, ...value]) => [`${name}: `, ...value, '\r\n']);
	stream.write(join(['HTTP/1.1 ', status, '\r\n', ...lines, `content-length: ${content.length}\r\n\r\n`, content]));
}

function join(parts: readonly Part[]): Buffer {
	return Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(String(part)))));
}

/** Answers one kind of request with one dirty header. */
const header =
	(at: 'first' | 'manifest' | 'blob' | 'token', status: string, name: string, before = '', after = '') =>
	(dirt: Buffer): Rude =>
		rude({ at, answer: (_request, stream) => write(stream, status, [[name, before, dirt, after]]) });

/** The same beside the headers of a manifest that is there. */
const beside =
	(name: string, before = '', after = '') =>
	(dirt: Buffer): Rude => {
		const others = manifestHeaders(0).filter(([other]) => other !== name && other !== 'content-length');
		return rude({
			at: 'first',
			answer: (_request, stream) => write(stream, '200 OK', [...others, [name, before, dirt, after]]),
		});
	};

/** Answers with a dirty body of JSON; the text stands in it raw, or as escapes of JSON. */
const body =
	(at: 'manifest' | 'token', status: string, type: string, of: (text: string) => string, escaped: boolean) =>
	(dirt: Buffer): Rude => {
		const [before = '', after = ''] = of('\u0000').split('\u0000');
		const text = escaped
			? JSON.stringify(dirt.toString())
					.slice(1, -1)
					.replaceAll(/[^ -~]/g, unicode)
			: dirt;
		const answer: Rude = (_request, stream) => write(stream, status, [['content-type', type]], [before, text, after]);
		return rude({ at, answer, undigested: true });
	};

const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const descriptor = (digest: string) => `{"mediaType":"x","size":1,"digest":"${digest}"}`;
const json = 'application/json';
const bearer = 'Bearer realm="http://127.0.0.1/';
const error = (text: string) => `{"errors":[{"code":"DENIED","message":"${text}"}]}`;
const code = (text: string) => `{"errors":[{"code":"${text}","message":"x"}]}`;
const manifest = (text: string) => `{"schemaVersion":2,"mediaType":"${text}","layers":[]}`;
const layer = (text: string) =>
	`{"schemaVersion":2,"config":${descriptor(image.digest)},"layers":[${descriptor(text)}]}`;

/** Where a registry can put text into its answers. */
export const places: Readonly<Record<string, (dirt: Buffer) => Rude>> = {
	'the reason phrase': (dirt) => rude({ at: 'first', answer: (_q, stream) => write(stream, join(['403 ', dirt]), []) }),
	'the name of a header': (dirt) =>
		rude({ at: 'first', answer: (_q, stream) => write(stream, '403 No', [[dirt.toString('latin1'), 'x']]) }),
	'the scheme of the challenge': header('first', '401 No', 'www-authenticate'),
	'the realm': header('first', '401 No', 'www-authenticate', bearer, '"'),
	'the host of the realm': header('first', '401 No', 'www-authenticate', 'Bearer realm="http://127.0.0.1:1', '/"'),
	'the service': header('first', '401 No', 'www-authenticate', `${bearer}",service="`, '"'),
	'the scope': header('first', '401 No', 'www-authenticate', `${bearer}",scope="`, '"'),
	'the error of the challenge': header('first', '401 No', 'www-authenticate', `${bearer}",error="`, '"'),
	'the path of a Location': header('first', '307 Go', 'location', '/away/'),
	'the host of a Location': header('first', '307 Go', 'location', 'http://127.0.0.1.', '/'),
	'the query of a Location': header('first', '307 Go', 'location', '/away?ns=', '&scope=x'),
	'the scheme of a Location': header('first', '307 Go', 'location', 'x', ':y'),
	'the type': beside('content-type'),
	'the digest': beside('docker-content-digest'),
	'the digest, behind its algorithm': beside('docker-content-digest', 'sha256:'),
	'the digest of a GET': (dirt) =>
		rude({
			at: 'manifest',
			undigested: true,
			answer: (_q, stream) =>
				write(
					stream,
					'200 OK',
					[
						['content-type', image.mediaType],
						['docker-content-digest', 'sha256:', dirt],
					],
					[image.body],
				),
		}),
	'the date': beside('date'),
	'the limit': beside('ratelimit-limit', '100;w=', ';x'),
	'the source of the limit': beside('docker-ratelimit-source'),
	'Retry-After': header('first', '429 Wait', 'retry-after'),
	'the message of an error': body('manifest', '403 No', json, error, false),
	'the message of an error, escaped': body('manifest', '403 No', json, error, true),
	'the code of an error, escaped': body('manifest', '403 No', json, code, true),
	'an error in plain text': body('manifest', '403 No', 'text/plain', (text) => text, false),
	'the manifest': body('manifest', '200 OK', image.mediaType, manifest, false),
	'the manifest, escaped': body('manifest', '200 OK', image.mediaType, manifest, true),
	'the digest of a layer, escaped': body('manifest', '200 OK', image.mediaType, layer, true),
	'the error of the token service, escaped': body('token', '401 No', json, (text) => `{"details":"${text}"}`, true),
	'the token': body('token', '200 OK', json, (text) => `{"token":"${text}"}`, true),
	'the life of the token': body('token', '200 OK', json, (text) => `{"token":"t","expires_in":"${text}"}`, true),
};
