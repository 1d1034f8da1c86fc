import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer, TlsOptions, TLSSocket } from 'node:tls';

/** How a server speaks TLS. `cert` is the whole chain that it sends. With `requestCert`, `ca` judges the client's certificate. */
export type Tls = TlsOptions;

/** One connection that a server has taken: `stream` carries what is said, `tcp` is the connection below TLS (or the same). */
export interface Accepted {
	readonly stream: Socket | TLSSocket;
	readonly tcp: Socket;
}

export interface Acceptor {
	readonly server: Server;
	/** Gives new connections another certificate. */
	readonly changeTls: (tls: Tls) => void;
}

function acceptTls(tls: Tls, take: (accepted: Accepted) => void): Acceptor {
	const below = new Map<number | undefined, Socket>();
	const server: TlsServer = createTlsServer(tls);
	server.on('connection', (tcp: Socket) => {
		const port = tcp.remotePort;
		below.set(port, tcp);
		tcp.once('close', () => below.delete(port));
	});
	server.on('tlsClientError', (_error, stream) => stream.destroy());
	server.on('secureConnection', (stream) => {
		const tcp = below.get(stream.remotePort);
		stream.on('error', () => stream.destroy());
		if (tcp) take({ stream, tcp });
		else stream.destroy();
	});
	return { server, changeTls: (next) => server.setSecureContext(next) };
}

/** A server that hands over each connection once it is ready: at once in plain TCP, after the handshake where there is TLS. */
export function acceptor(tls: Tls | undefined, take: (accepted: Accepted) => void): Acceptor {
	if (tls) return acceptTls(tls, take);
	const server = createServer((tcp) => take({ stream: tcp, tcp }));
	const changeTls = () => {
		throw new TypeError('this server speaks no TLS');
	};
	return { server, changeTls };
}
