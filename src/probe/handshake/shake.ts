import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';

import type { Gate } from '../attempt.ts';
import { seconds } from '../deadline.ts';
import { contextFor, type Hello, type Identity } from './context.ts';

export interface Shaking {
	readonly socket: Duplex;
	/** The host that is asked for; sent as SNI unless it is an address. */
	readonly hostname: string;
	readonly hello: Hello;
	/** Shown to a server that asks for a certificate. */
	readonly identities: readonly Identity[];
	readonly gate: Gate;
	/** Ends the handshake. */
	readonly signal: AbortSignal;
}

/** A connection after its handshake. */
export interface Shaken {
	readonly socket: TLSSocket;
	/** From the hello to the server's last word. */
	readonly seconds: number;
}

/** The handshake did not end in time. */
export class HandshakeStopped extends Error {
	override readonly name = 'HandshakeStopped';
}

/**
 * A TLS handshake that refuses no certificate and resumes no session. Rejects with the error of Node or OpenSSL, or
 * with `HandshakeStopped`. The socket belongs to the result; after a rejection it is destroyed.
 */
export async function shake({ socket, hostname, hello, identities, gate, signal }: Shaking): Promise<Shaken> {
	if (socket.errored) throw socket.errored;
	const name = hostname.replace(/\.$/, '');
	const servername = isIP(name) === 0 ? { servername: name } : {};
	const secureContext = contextFor(hello, identities);
	let from = seconds();
	const secured = await gate(() => {
		const begun = connect({ socket, ...servername, secureContext, rejectUnauthorized: false });
		begun.on('error', () => {});
		// The hello has been sent: making the socket is no time of the network's.
		from = seconds();
		return begun;
	});
	try {
		const to = await new Promise<number>((resolve, reject) => {
			const stop = () => reject(new HandshakeStopped());
			signal.addEventListener('abort', stop, { once: true });
			if (signal.aborted) stop();
			secured.once('secureConnect', () => resolve(seconds()));
			secured.once('error', reject);
			secured.once('close', () => reject(Object.assign(new Error('closed'), { code: 'EOF' })));
		});
		return { socket: secured, seconds: to - from };
	} catch (error) {
		secured.destroy();
		socket.destroy();
		throw error;
	}
}
