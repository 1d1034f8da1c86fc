import type { ServerResponse } from 'node:http';
import { code } from './coding.ts';

/** Something to show, as its view rendered it. */
export interface Rendered {
	readonly contentType: string;
	readonly body: string;
	/** For a page with a style sheet inside: the source that allows it, for example `'sha256-…'`. */
	readonly styleSource?: string;
}

/** An answer to a request. */
export interface Answer extends Rendered {
	readonly status: number;
	/** What was rendered, where several answers may come from one rendering. */
	readonly from?: Rendered;
	readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of one sentence. */
export function sentence(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
	return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n`, headers };
}

/** Writes an answer with the headers that keep a browser from doing more with it than showing it, coded as the client takes it. */
export async function write(response: ServerResponse, answer: Answer): Promise<void> {
	const { status, contentType, styleSource, headers, from = answer } = answer;
	const { bytes, headers: coding } = await code(from, response.req.headers['accept-encoding']);
	response.writeHead(status, {
		'content-type': contentType,
		'content-length': bytes.length,
		'cache-control': 'no-store',
		'content-security-policy': contentSecurityPolicy(styleSource),
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cross-origin-resource-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'x-frame-options': 'DENY',
		...coding,
		...headers,
	});
	response.end(bytes);
}

/** Nothing may be loaded, run, sent or framed (https://www.w3.org/TR/CSP3/); a style sheet only where the page names it. */
function contentSecurityPolicy(styleSource = "'none'"): string {
	const closed = ['base-uri', 'form-action', 'frame-ancestors'].map((directive) => `${directive} 'none'`);
	return ["default-src 'none'", `style-src ${styleSource}`, ...closed].join('; ');
}
