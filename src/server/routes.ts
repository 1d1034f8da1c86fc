import type { IncomingMessage } from 'node:http';
import { sentence, type Answer, type Rendered } from './answer.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';

/** How the agent itself is. */
export interface Health {
	readonly ok: boolean;
	/** One sentence for people. */
	readonly detail: string;
}

/** What an authorizer is asked about. */
export interface AccessRequest {
	readonly method: string;
	readonly path: string;
	/** The Authorization header as it came. */
	readonly authorization?: string;
}

/** What the server serves; it knows only these functions. */
export interface Content {
	/** The metrics in the form that the Accept header prefers. */
	metrics(accept: string | undefined): Rendered | Promise<Rendered>;
	/** The status page. */
	page(): Rendered | Promise<Rendered>;
	/** The observations document. */
	observations(): unknown;
	/** The plan document. */
	plan(): unknown;
	/** Whether the loop turns. */
	healthy(): Health;
	/** Whether the loop turns and the first target has been tried. */
	ready(): Health;
	/** Who may read the page and the documents from elsewhere than loopback; without it nobody. */
	authorize?(request: AccessRequest): boolean | Promise<boolean>;
}

interface Route {
	/** For loopback only, unless the authorizer says yes. */
	readonly guarded: boolean;
	answer(content: Content, request: IncomingMessage): Answer | Promise<Answer>;
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
	['/metrics', { guarded: false, answer: async (content, { headers }) => ok(await content.metrics(headers.accept)) }],
	['/healthz', { guarded: false, answer: (content) => health(content.healthy()) }],
	['/readyz', { guarded: false, answer: (content) => health(content.ready()) }],
	['/', { guarded: true, answer: async (content) => ok(await content.page()) }],
	['/api/v1/observations', { guarded: true, answer: (content) => json(content.observations()) }],
	['/api/v1/plan', { guarded: true, answer: (content) => json(content.plan()) }],
]);

/** The answer to one request. */
export async function answerTo(request: IncomingMessage, content: Content): Promise<Answer> {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		return sentence(405, 'Only GET and HEAD are served here.', { allow: 'GET, HEAD', connection: 'close' });
	}
	const { path, host } = whereTo(request);
	const route = routes.get(path);
	if (!route) return sentence(404, 'There is nothing at this path.');
	const refusal = route.guarded ? await refusalOf({ request, path, host }, content) : undefined;
	return refusal ?? route.answer(content, request);
}

/** Path and host that a request asks for; a proxy's absolute form names the host itself (RFC 9112, section 3.2.2). */
function whereTo({ url = '', headers }: IncomingMessage): { readonly path: string; readonly host: string } {
	if (url.startsWith('/')) return { path: url.split('?', 1)[0] ?? '', host: headers.host ?? '' };
	const absolute = URL.parse(url);
	return { path: absolute?.pathname ?? '', host: absolute?.host ?? '' };
}

async function refusalOf(
	{ request, path, host }: { readonly request: IncomingMessage; readonly path: string; readonly host: string },
	content: Content,
): Promise<Answer | undefined> {
	const { method = '', headers, socket } = request;
	const { authorization } = headers;
	if (await content.authorize?.({ method, path, ...(authorization !== undefined && { authorization }) }))
		return undefined;
	if (!isLoopbackAddress(socket.remoteAddress ?? '')) {
		return sentence(403, 'This is shown on the node itself only: use kubectl port-forward, or ask from the node.');
	}
	return isLoopbackHost(host)
		? undefined
		: sentence(403, 'Ask for localhost or a loopback address, not for another name.');
}

function ok(rendered: Rendered): Answer {
	return { status: 200, ...rendered };
}

function json(document: unknown): Answer {
	return { status: 200, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(document)}\n` };
}

function health({ ok: well, detail }: Health): Answer {
	return sentence(well ? 200 : 503, detail);
}
