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

/** Why somebody may not read something. */
export interface Refusal {
	/** 401: nobody knows who it is; 403: somebody who may not; 503: it cannot be found out now. */
	readonly status: 401 | 403 | 503;
	/** One sentence for people. */
	readonly detail: string;
}

/** What the server serves; it knows only these functions. */
export interface Content {
	/** The metrics in the form that the Accept header prefers. */
	metrics(accept: string | undefined): Rendered | Promise<Rendered>;
	/** The status page; with `follow` one that looks again by itself. */
	page(wish: { readonly follow: boolean }): Rendered | Promise<Rendered>;
	/** The observations document. */
	observations(): unknown;
	/** The plan document. */
	plan(): unknown;
	/** The pods document. */
	pods(): unknown;
	/** Whether the loop turns. */
	healthy(): Health;
	/** Whether the loop turns and the first target has been tried. */
	ready(): Health;
	/** Who may read the page and the documents from elsewhere than loopback, and why not; without it nobody. */
	authorize?(request: AccessRequest): boolean | Refusal | Promise<boolean | Refusal>;
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
	[
		'/',
		{ guarded: true, answer: async (content, { url = '' }) => ok(await content.page({ follow: wantsFollow(url) })) },
	],
	['/api/v1/observations', { guarded: true, answer: (content) => json(content.observations()) }],
	['/api/v1/plan', { guarded: true, answer: (content) => json(content.plan()) }],
	['/api/v1/pods', { guarded: true, answer: (content) => json(content.pods()) }],
]);

/** The answer to one request. */
export async function answerTo(request: IncomingMessage, content: Content): Promise<Answer> {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		return sentence(405, 'Only GET and HEAD are served here.', { allow: 'GET, HEAD', connection: 'close' });
	}
	// Which of two would count is a matter of taste (RFC 9112, section 3.2): a guard must not have to guess.
	if ((request.headersDistinct.host ?? []).length > 1) {
		return sentence(400, 'Name one host.', { connection: 'close' });
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

/** `/?follow` */
function wantsFollow(url: string): boolean {
	return new URLSearchParams(url.split('?', 2)[1]).has('follow');
}

async function refusalOf(
	{ request, path, host }: { readonly request: IncomingMessage; readonly path: string; readonly host: string },
	content: Content,
): Promise<Answer | undefined> {
	const { method = '', headers, socket } = request;
	const { authorization } = headers;
	const near = isLoopbackAddress(socket.remoteAddress ?? '');
	if (near && isLoopbackHost(host)) return undefined;
	// A page that made a browser come here under another name has no token to show.
	const stray = near && authorization === undefined;
	const verdict =
		!stray && (await content.authorize?.({ method, path, ...(authorization !== undefined && { authorization }) }));
	if (verdict === true) return undefined;
	if (verdict) return refused(verdict);
	return near
		? sentence(403, 'Ask for localhost or a loopback address, not for another name.')
		: sentence(403, 'This is shown on the node itself only: use kubectl port-forward, or ask from the node.');
}

/** What a 401 wants instead (RFC 9110, section 11.6.1), and when a 503 may be asked again. */
const more: Readonly<Record<Refusal['status'], Readonly<Record<string, string>>>> = {
	401: { 'www-authenticate': 'Bearer realm="registry-probe"' },
	403: {},
	503: { 'retry-after': '5' },
};

function refused({ status, detail }: Refusal): Answer {
	return sentence(status, detail, more[status]);
}

function ok(rendered: Rendered): Answer {
	return { status: 200, ...rendered, from: rendered };
}

function json(document: unknown): Answer {
	return { status: 200, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(document)}\n` };
}

function health({ ok: well, detail }: Health): Answer {
	return sentence(well ? 200 : 503, detail);
}
