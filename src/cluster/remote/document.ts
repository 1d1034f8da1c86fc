import http, { type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

import { ApiFailure, asFailure } from '../apiFailure.ts';
import { valueOf } from './answer.ts';

/** Characters of a document of an agent: 200 targets of 20 KB. */
const mostOfDocument = 16 * 1024 * 1024;

/** How an agent is spoken to. */
export interface Speech {
	/** `localhost:9917`. */
	readonly host: string;
	/** It listens with TLS. */
	readonly secure: boolean;
}

/**
 * A document of an agent over a connection that leads to it, which is closed then. Throws `ApiFailure`; the signal ends it.
 *
 * A certificate is not verified: it is made for other names than a tunnel or loopback has, it is the connection that tells who
 * is there, and nothing secret is sent.
 */
export async function documentOver(
	stream: Duplex,
	path: string,
	{ host, secure }: Speech,
	signal: AbortSignal,
): Promise<unknown> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	stream.on('error', reject);
	const connection = secure ? connect({ socket: stream, rejectUnauthorized: false, servername: '' }) : stream;
	connection.on('error', reject);
	const cut = () => {
		reject(new ApiFailure('no answer in time'));
		connection.destroy();
		stream.destroy();
	};
	signal.addEventListener('abort', cut, { once: true });
	const request = http.get({
		host: 'localhost',
		path,
		headers: { host, connection: 'close' },
		createConnection: () => connection,
	});
	request.on('error', reject);
	request.on('response', resolve);
	request.on('close', () => reject(new ApiFailure('the connection broke off')));
	try {
		if (signal.aborted) cut();
		return await valueOf(await promise, mostOfDocument);
	} catch (error) {
		throw signal.aborted ? new ApiFailure('no answer in time') : asFailure(error);
	} finally {
		signal.removeEventListener('abort', cut);
		connection.destroy();
		stream.destroy();
	}
}
