import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Access } from './controlPlane.ts';

/** What the API server answered. */
export interface ServerAnswer {
	readonly status: number;
	readonly body: string;
}

export interface AskOptions {
	/** In place of the one that may do everything. */
	readonly token?: string;
	/** Default: GET. */
	readonly method?: string;
	/** JSON. */
	readonly body?: unknown;
	/** Which kind of patch it is. Default: `application/json`. */
	readonly type?: string;
}

/**
 * Sends one request to the API server, `path` with its query: `/api/v1/pods?limit=1`. Of an answer that does not end, as a
 * watch, only the head is waited for. Rejects when there is no answer.
 */
export async function askServer(
	{ server, ca, token: admin }: Pick<Access, 'server' | 'ca' | 'token'>,
	path: string,
	{ token = admin, method = 'GET', body, type = 'application/json' }: AskOptions = {},
): Promise<ServerAnswer> {
	const headers = { authorization: `Bearer ${token}`, 'content-type': type };
	return await new Promise((resolve, reject) => {
		const sent = request(`${server}${path}`, { ca: readFileSync(ca), method, headers, agent: false, timeout: 20_000 });
		sent.once('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
		sent.once('error', reject);
		sent.once('response', (response) => {
			const { statusCode: status = 0 } = response;
			const parts: string[] = [];
			response.setEncoding('utf8').on('data', (part: string) => parts.push(part));
			response.once('end', () => resolve({ status, body: parts.join('') }));
			if (!/[?&]watch=/.test(path) || status !== 200) return;
			resolve({ status, body: '' });
			sent.destroy();
		});
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
}
