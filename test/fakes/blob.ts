import { startHttp } from './http.ts';
import type { HttpOptions, HttpServer, Override } from './http.ts';
import type { Content } from './image.ts';
import { answerBytes } from './range.ts';
import type { Answer, Pace } from './reply.ts';

export interface BlobOptions extends HttpOptions {
	/** By digest. */
	readonly blobs: ReadonlyMap<string, Content>;
	/** Value that the query must show as `X-Amz-Signature`. Default: every request is served. */
	readonly signature?: string;
	readonly pace?: Pace;
	/** The whole blob is sent whatever range is asked for. */
	readonly ignoreRange?: boolean;
	/** Bytes of the right number that are not the blob's. */
	readonly wrongBytes?: boolean;
	/** Faults: answers in place of the host. */
	readonly respond?: Override;
}

export interface BlobHost extends HttpServer {
	/** The signed URL of a blob, for a registry's `blobUrl`. */
	readonly urlOf: (blob: Content, name?: string) => string;
}

/** An error as object stores write it. */
function storeError(status: number, code: string): Answer {
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
	return { status, headers: { 'content-type': 'application/xml' }, body };
}

const pathOf = (digest: string) => `/docker/registry/v2/blobs/${digest.replace(':', '/')}/data`;

/** An object store or CDN that serves blobs under signed URLs. */
export async function startBlobHost(options: BlobOptions): Promise<BlobHost> {
	const { signature } = options;
	const server = await startHttp(options, async (request) => {
		const instead = await options.respond?.(request);
		if (instead !== undefined) return instead;
		const found = [...options.blobs.values()].find(({ digest }) => pathOf(digest) === request.path);
		if (signature !== undefined && request.query.get('X-Amz-Signature') !== signature)
			return storeError(403, 'AccessDenied');
		if (!found) return storeError(404, 'NoSuchKey');
		const body = options.wrongBytes === true ? Buffer.alloc(found.body.length, 'wrong ') : found.body;
		const asked = options.ignoreRange === true ? { ...request, headers: {} } : request;
		const answer = answerBytes(asked, body);
		return options.pace ? { ...answer, pace: options.pace } : answer;
	});
	const query = signature === undefined ? '' : `?X-Amz-Expires=1200&X-Amz-Signature=${encodeURIComponent(signature)}`;
	return { ...server, urlOf: ({ digest }, name) => `${server.origin(name)}${pathOf(digest)}${query}` };
}
