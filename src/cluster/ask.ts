import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { parseJson } from '../registry/json.ts';
import type { ApiAccess, Identity } from './access.ts';
import { ApiFailure, asFailure, refusal } from './apiFailure.ts';

/** How long an answer may keep us waiting, in milliseconds. */
export interface Patience {
	/** Until its head is there, the connection included. */
	readonly head: number;
	/** Between two pieces of its body. */
	readonly quiet: number;
}

/** What a request carries that changes something, or asks with a body. */
export interface Sent {
	readonly method: 'POST' | 'PATCH';
	/** Media type of the body: which kind of patch it is. */
	readonly type: string;
	readonly body: string;
}

export interface AskOptions {
	readonly signal: AbortSignal;
	readonly patience: Patience;
	/** Characters that are read at most. */
	readonly most: number;
	/** Absent: a GET. */
	readonly sent?: Sent;
}

/** For answers that come at once or not at all. */
export const briefPatience: Patience = { head: 15_000, quiet: 15_000 };

/** Characters of a refusal that are read. */
const mostOfRefusal = 64 * 1024;

/**
 * The body of an answer, piece by piece. Each request has a connection of its own: they are few and far between, and an idle
 * connection would have to be watched. A 401 is asked again where the token was replaced meanwhile. Throws `ApiFailure`:
 * for every status but 200 and 201, after too long a silence, for more than `most` characters. Ends with the signal by throwing too.
 */
export async function* ask(
	access: ApiAccess,
	path: string,
	{ signal, patience, most, sent }: AskOptions,
): AsyncGenerator<string, void, undefined> {
	const answer = await answerTo(access, path, { signal, head: patience.head, sent });
	if (answer.statusCode !== 200 && answer.statusCode !== 201) throw await refused(answer, access, patience);
	yield* textOf(answer, patience.quiet, most);
}

/** The value of an answer in JSON of at most `most` characters, to a GET or to what is `sent`. Throws `ApiFailure`. */
export async function askJson(
	access: ApiAccess,
	path: string,
	signal: AbortSignal,
	most: number,
	sent?: Sent,
): Promise<unknown> {
	let text = '';
	const options = { signal, patience: briefPatience, most, ...(sent && { sent }) };
	for await (const piece of ask(access, path, options)) text += piece;
	const value = parseJson(text);
	if (value === undefined) throw new ApiFailure('the answer is not JSON');
	return value;
}

interface SendOptions {
	readonly signal: AbortSignal;
	readonly head: number;
	readonly sent: Sent | undefined;
}

async function answerTo(access: ApiAccess, path: string, options: SendOptions): Promise<IncomingMessage> {
	const identity = await access.identity();
	const answer = await send(access, path, identity, options);
	if (answer.statusCode !== 401) return answer;
	const fresh = await access.identity();
	if (fresh.token.reveal() === identity.token.reveal()) return answer;
	answer.destroy();
	return await send(access, path, fresh, options);
}

async function send(
	{ server, conceal }: ApiAccess,
	path: string,
	{ token, ca }: Identity,
	{ signal, head, sent }: SendOptions,
): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	const request = httpsRequest({
		method: sent?.method ?? 'GET',
		host: server.hostname.replace(/^\[(.*)\]$/, '$1'),
		port: server.port === '' ? 443 : server.port,
		path,
		ca,
		rejectUnauthorized: true,
		agent: false,
		signal,
		headers: {
			accept: 'application/json',
			authorization: `Bearer ${token.reveal()}`,
			'user-agent': 'registry-probe',
			...(sent && { 'content-type': sent.type, 'content-length': Buffer.byteLength(sent.body) }),
		},
	});
	request.on('response', resolve);
	// A certificate that does not fit is told with all names in it.
	request.on('error', (error) => reject(asFailure(error, conceal)));
	request.end(sent?.body);
	const late = setTimeout(() => request.destroy(new ApiFailure('the API server does not answer in time')), head);
	try {
		return await promise;
	} finally {
		clearTimeout(late);
	}
}

async function* textOf(answer: IncomingMessage, quiet: number, most: number): AsyncGenerator<string, void, undefined> {
	const silent = () => answer.destroy(new ApiFailure(`nothing has come for ${quiet / 1000} s`));
	const timer = setTimeout(silent, quiet);
	let length = 0;
	try {
		answer.setEncoding('utf8');
		for await (const chunk of answer) {
			const piece = String(chunk);
			timer.refresh();
			length += piece.length;
			if (length > most) throw new ApiFailure(`the answer has more than ${most} characters`);
			yield piece;
		}
	} catch (error) {
		throw asFailure(error);
	} finally {
		clearTimeout(timer);
		answer.destroy();
	}
}

async function refused(answer: IncomingMessage, { conceal }: ApiAccess, { quiet }: Patience): Promise<ApiFailure> {
	let text = '';
	try {
		for await (const piece of textOf(answer, quiet, mostOfRefusal)) text += piece;
	} catch {
		// The status alone says enough.
	}
	const retryAfter = answer.headers['retry-after'];
	return refusal(answer.statusCode ?? 0, parseJson(text), { retryAfter, conceal });
}
