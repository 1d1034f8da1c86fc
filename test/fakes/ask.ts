import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { RequestOptions } from 'node:https';

/** What a server answered. */
export interface Asked {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export interface AskOptions extends RequestOptions {
	readonly headers?: Record<string, string>;
	/** The body. */
	readonly send?: string;
}

/**
 * A plain client for the servers of this folder: one request on a connection of its own. Names are not resolved, every
 * host is 127.0.0.1. Rejects with the system's error.
 */
export async function ask(url: string, options: AskOptions = {}): Promise<Asked> {
	const { hostname, port, protocol, pathname, search, host } = new URL(url);
	const begin = protocol === 'https:' ? requestHttps : requestHttp;
	const request = begin({
		agent: false,
		host: '127.0.0.1',
		servername: hostname,
		port,
		path: `${pathname}${search}`,
		...options,
		headers: { host, ...options.headers },
	});
	// A reset after the answer has begun comes twice: the second time here.
	request.on('error', () => undefined);
	request.end(options.send);
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	response.setEncoding('utf8');
	let body = '';
	for await (const chunk of response) body += String(chunk);
	return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** The code of the error that a promise rejects with, or `ok`. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
	try {
		await promise;
		return 'ok';
	} catch (error) {
		return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
	}
}
