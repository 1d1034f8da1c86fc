import type { Duplex } from 'node:stream';

import type { Gate } from '../attempt.ts';
import { type Deadline, notNeeded, pause } from '../deadline.ts';
import { ProbeFailure } from '../stage.ts';
import { isExhausted } from '../systemError.ts';
import { readFirstBytes, readTlsError } from './alert.ts';
import type { Greeting, Hello, Identity } from './context.ts';
import { HandshakeStopped, shake, type Shaken } from './shake.ts';
import { Tap } from './tap.ts';

export interface Securing {
	readonly socket: Duplex;
	readonly hostname: string;
	readonly time: Deadline;
	/** The runtime whose client is imitated. */
	readonly client: Greeting;
	readonly gate: Gate;
	readonly signal: AbortSignal;
	/** Shown to a server that asks for a certificate. */
	readonly identities: readonly Identity[];
	/** A second connection to the same address, only to find out why the first failed. */
	readonly again: () => Promise<Duplex>;
}

/**
 * A TLS connection whose certificate is not judged yet. Throws `ProbeFailure` with a `tls_*` reason or
 * `connection_reset`. A second connection is made only where the handshake failed without saying why, or hangs: then
 * a hello that fits into one packet tells whether the large one is swallowed on the way.
 */
export async function secure(securing: Securing): Promise<Shaken> {
	const { socket, hostname, client, gate, time, signal, identities } = securing;
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), time.remaining() * 1000);
	const ends = AbortSignal.any([late.signal, signal]);
	const over = new AbortController();
	const smaller = smallHelloPasses(securing, ends, over.signal);
	try {
		const stops = AbortSignal.any([ends, smaller.found]);
		return await shake({ socket, hostname, hello: helloOf(client), identities, gate, signal: stops });
	} catch (error) {
		over.abort(notNeeded);
		if (smaller.found.aborted) {
			throw new ProbeFailure(
				'tls_large_hello_blocked',
				'a hello of one packet is answered, the usual one of two packets is not',
			);
		}
		if (error instanceof HandshakeStopped) throw new ProbeFailure('tls_timeout', 'the handshake did not end in time');
		throw await explained(error, securing, ends);
	} finally {
		over.abort(notNeeded);
		clearTimeout(timer);
	}
}

/** The hello of a Go before 1.23 fits into one packet (https://go.dev/doc/go1.23, X25519Kyber768Draft00). */
function helloOf(client: Greeting): Hello {
	return { size: client === 'containerd of an older Go' ? 'classic' : 'full', client };
}

/** Tries a classic hello when half of the time has gone by without a byte from the server. */
function smallHelloPasses(securing: Securing, ends: AbortSignal, over: AbortSignal): { readonly found: AbortSignal } {
	const found = new AbortController();
	// What a proxy has said before is no answer of the server.
	const before = bytesRead(securing.socket);
	const attempt = async () => {
		await pause(securing.time.remaining() / 2, AbortSignal.any([ends, over]));
		if (ends.aborted || over.aborted || bytesRead(securing.socket) > before) return;
		const socket = await securing.again();
		const signal = AbortSignal.any([ends, over]);
		const { hostname, client, gate, identities } = securing;
		const hello = { size: 'classic', client } as const;
		const secured = await shake({ socket, hostname, hello, identities, gate, signal });
		secured.socket.destroy();
		found.abort();
	};
	// Its failure says nothing beyond what the first connection says.
	attempt().catch(() => {});
	return { found: found.signal };
}

function bytesRead(socket: Duplex): number {
	return 'bytesRead' in socket && typeof socket.bytesRead === 'number' ? socket.bytesRead : 0;
}

async function explained(error: unknown, securing: Securing, signal: AbortSignal): Promise<ProbeFailure> {
	if (isExhausted(error)) return new ProbeFailure('agent_resources_exhausted', 'the agent ran out of resources');
	const fault = readTlsError(error);
	const { reason, detail } = fault === 'look' ? readFirstBytes(await firstBytes(securing, signal), error) : fault;
	return new ProbeFailure(reason, detail, {}, { cause: error });
}

/** What the server sends to our hello, seen on a connection of its own because OpenSSL does not show it. */
async function firstBytes(
	{ again, hostname, client, gate, identities }: Securing,
	signal: AbortSignal,
): Promise<Buffer> {
	try {
		const tap = new Tap(await again());
		tap.on('error', () => {});
		try {
			const hello = helloOf(client);
			(await shake({ socket: tap, hostname, hello, identities, gate, signal })).socket.destroy();
		} catch {
			// The bytes are what was wanted.
		}
		tap.destroy();
		return tap.first;
	} catch {
		return Buffer.alloc(0);
	}
}
