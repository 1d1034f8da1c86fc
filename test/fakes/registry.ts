import { startHttp } from './http.ts';
import type { HttpOptions, HttpServer, Override, ReceivedRequest } from './http.ts';
import type { Content, Image } from './image.ts';
import { quotaHeaders, takePull } from './quota.ts';
import type { Quota } from './quota.ts';
import { answerBytes } from './range.ts';
import { authorize } from './registryAuth.ts';
import type { RegistryAuth } from './registryAuth.ts';
import { registryError } from './registryError.ts';
import { json } from './reply.ts';
import type { Answer, Pace, Reply } from './reply.ts';

export interface RegistryOptions extends HttpOptions {
	/** Repository → tag → image: `{ 'library/busybox': { latest: makeImage() } }`. */
	readonly images?: Readonly<Record<string, Readonly<Record<string, Image>>>>;
	/** Default: `open`. */
	readonly auth?: RegistryAuth;
	/** Default: `/v2`. */
	readonly root?: string;
	/** Where blobs are read from in place of the registry itself: the Location of a 307. */
	readonly blobUrl?: (blob: Content) => string | undefined;
	readonly quota?: Quota;
	/** How the registry's own blobs travel. */
	readonly pace?: Pace;
	/** Faults: answers in place of the registry, before it looks at credentials. */
	readonly respond?: Override;
}

const apiVersion = { 'docker-distribution-api-version': 'registry/2.0' };

interface Asked {
	readonly repository: string;
	readonly kind: string;
	readonly reference: string;
}

function read(path: string, root: string): Asked | undefined {
	const rest = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : '';
	const [, repository, kind, reference] = /^(.+)\/(manifests|blobs)\/([^/]+)$/.exec(rest) ?? [];
	if (repository === undefined || kind === undefined || reference === undefined) return undefined;
	return { repository, kind, reference: decodeURIComponent(reference) };
}

function find<T>(tags: Readonly<Record<string, Image>>, look: (image: Image) => T | undefined): T | undefined {
	for (const image of Object.values(tags)) {
		const found = look(image);
		if (found) return found;
	}
	return undefined;
}

function manifest({ method }: ReceivedRequest, { repository, reference }: Asked, options: RegistryOptions): Answer {
	const tags = options.images?.[repository];
	if (!tags) return registryError(404, 'NAME_UNKNOWN', { name: repository });
	const found = tags[reference] ?? find(tags, ({ manifests }) => manifests.get(reference));
	const unknown = reference.includes(':')
		? `unknown manifest name=${repository} revision=${reference}`
		: { Tag: reference };
	if (!found) return registryError(404, 'MANIFEST_UNKNOWN', unknown);
	const refusal = method === 'GET' ? takePull(options.quota) : undefined;
	const limits = quotaHeaders(options.quota);
	if (refusal) return { ...refusal, headers: { ...refusal.headers, ...limits } };
	const { digest, mediaType, body } = found;
	const named = { 'content-type': mediaType, 'docker-content-digest': digest, etag: `"${digest}"` };
	return { status: 200, headers: { ...named, ...limits }, body };
}

function blob(request: ReceivedRequest, { repository, reference }: Asked, options: RegistryOptions): Answer {
	const found = find(options.images?.[repository] ?? {}, ({ blobs }) => blobs.get(reference));
	if (!found) return registryError(404, 'BLOB_UNKNOWN', reference);
	const elsewhere = options.blobUrl?.(found);
	if (elsewhere !== undefined) return { status: 307, headers: { location: elsewhere } };
	const answer = answerBytes(request, found.body, { 'docker-content-digest': found.digest });
	return options.pace ? { ...answer, pace: options.pace } : answer;
}

function serve(request: ReceivedRequest, options: RegistryOptions): Answer {
	const root = options.root ?? '/v2';
	const asked = read(request.path, root);
	const refusal = authorize(options.auth ?? 'open', request, asked?.repository);
	if (refusal) return refusal;
	if (request.method !== 'GET' && request.method !== 'HEAD') return registryError(405, 'UNSUPPORTED');
	if (request.path === `${root}/`) return json(200, {});
	if (!asked)
		return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '404 page not found\n' };
	return asked.kind === 'manifests' ? manifest(request, asked, options) : blob(request, asked, options);
}

/** A registry that answers reads as distribution does (https://distribution.github.io/distribution/spec/api/). */
export function startRegistry(options: RegistryOptions = {}): Promise<HttpServer> {
	return startHttp(options, async (request): Promise<Reply> => {
		const instead = await options.respond?.(request);
		if (instead !== undefined) return instead;
		const answer = serve(request, options);
		return { ...answer, headers: { ...apiVersion, ...answer.headers } };
	});
}
