import type { RequestListener, Server as PlainServer, ServerOptions } from 'node:http';
import { createServer, type Server } from 'node:https';

/** A certificate, with those that lead to its authority, and its key; PEM. */
export interface KeyPair {
	readonly certificate: string;
	readonly key: string;
}

/** A server over TLS, and how it is given another certificate for connections to come. */
export interface SecureServer {
	readonly server: PlainServer;
	/** Throws for a pair that cannot be used; the one before stays. */
	readonly renew: (pair: KeyPair) => void;
}

/** Serves over TLS 1.2 or 1.3; a handshake that takes longer than the head of a request may is cut. */
export function createSecureServer(options: ServerOptions, pair: KeyPair, receive: RequestListener): SecureServer {
	const { headersTimeout: handshakeTimeout } = options;
	const server: Server = createServer({ ...options, ...contextOf(pair), handshakeTimeout }, receive);
	return { server, renew: (next) => server.setSecureContext(contextOf(next)) };
}

function contextOf({ certificate, key }: KeyPair) {
	return { cert: certificate, key, minVersion: 'TLSv1.2' } as const;
}
