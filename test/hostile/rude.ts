import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type Image, makeImage } from '../fakes/image.ts';
import { drip, pour, type RawRequest, type Rude, say } from './raw.ts';

/** What an attempt asks for, in the order of the path. */
export type Asked = 'first' | 'manifest' | 'blob' | 'token';

/** A registry that serves this image, and its own tokens where `guarded`, but answers one kind of request by hand. */
export interface RudeOptions {
	readonly at: Asked;
	readonly answer: Rude;
	/** Wants a token, which it gives itself. */
	readonly guarded?: boolean;
	/** The HEAD does not tell the digest. */
	readonly undigested?: boolean;
}

const image: Image = makeImage();
/** A quarter of a GiB of zeros, in a quarter of a MiB. */
const bomb = gzipSync(Buffer.alloc(256 * 1024 ** 2), { level: 9 });

/** A registry of good manners in all but one thing. */
export function rude({ at, answer, guarded = at === 'token', undigested = false }: RudeOptions): Rude {
	return (request, stream) => {
		const asked = kindOf(request);
		if (asked === at) return answer(request, stream);
		if (asked === 'token') return say(stream, '200 OK', json('{"token":"t"}'), '{"token":"t"}');
		const host = /^host: (.*)$/im.exec(request.text)?.[1] ?? '';
		if (guarded && !/^authorization: Bearer/im.test(request.text)) {
			const challenge = `Bearer realm="http://${host}/token",service="${host}"`;
			return say(stream, '401 Unauthorized', [
				['www-authenticate', challenge],
				['content-length', 0],
			]);
		}
		if (asked === 'blob') return good(stream, image.layers[0]?.body ?? Buffer.alloc(0), 'application/octet-stream');
		if (request.method === 'GET') return good(stream, image.body, image.mediaType);
		const headers = manifestHeaders(image.body.length);
		say(stream, '200 OK', undigested ? headers.filter(([name]) => name !== 'docker-content-digest') : headers);
	};
}

function kindOf({ method, target }: RawRequest): Asked {
	if (target.startsWith('/token')) return 'token';
	if (target.includes('/blobs/')) return 'blob';
	return method === 'HEAD' ? 'first' : 'manifest';
}

function good(stream: Duplex, body: string | Buffer, type: string): void {
	say(stream, '200 OK', manifestHeaders(body.length, type), body);
}

/** The headers of the image's manifest. */
export function manifestHeaders(length: number, type = image.mediaType): [string, string | number][] {
	return [
		['content-type', type],
		['docker-content-digest', image.digest],
		['content-length', length],
	];
}

function json(text: string): [string, string | number][] {
	return [
		['content-type', 'application/json'],
		['content-length', text.length],
	];
}

/** Opens an answer and never ends its body. */
export function endless(status: string, type: string, text = 'x'.repeat(1024)): Rude {
	return (_request, stream) => {
		say(stream, status, [['content-type', type]]);
		pour(stream, text);
	};
}

/** Opens an answer and lets its body drip. */
export function dripping(status: string, type: string, every: number): Rude {
	return (_request, stream) => {
		say(stream, status, [
			['content-type', type],
			['content-length', 5000],
		]);
		drip(stream, ' '.repeat(5000), every);
	};
}

/** A body that says it is small and unpacks to 256 MiB. */
export function bombing(status: string, type: string): Rude {
	return (_request, stream) => {
		say(stream, status, [...manifestHeaders(bomb.length, type), ['content-encoding', 'gzip']], bomb);
	};
}
