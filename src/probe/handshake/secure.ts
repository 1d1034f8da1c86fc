import type { Duplex } from 'node:stream';

import type { Gate } from '../attempt.ts';
import { type Deadline, notNeeded } from '../deadline.ts';
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
	const ends = new AbortController();
	const end = () => ends.abort(notNeeded);
	const timer = setTimeout(end, time.remaining() * 1000);
	signal.addEventListener('abort', end, { once: true });
	if (signal.aborted) end();
	const smaller = trySmallHello(securing, end);
	try {
		return await shake({ socket, hostname, hello: helloOf(client), identities, gate, signal: ends.signal });
	} catch (error) {
		smaller.giveUp();
		if (smaller.passed()) {
			throw new ProbeFailure(
				'tls_large_hello_blocked',
				'a hello of one packet is answered, the usual one of two packets is not',
			);
		}
		if (error instanceof HandshakeStopped) throw new ProbeFailure('tls_timeout', 'the handshake did not end in time');
		throw await explained(error, securing, ends.signal);
	} finally {
		smaller.giveUp();
		clearTimeout(timer);
		signal.removeEventListener('abort', end);
	}
}

/** The hello of a Go before 1.23 fits into one packet (https://go.dev/doc/go1.23, X25519Kyber768Draft00). */
function helloOf(client: Greeting): Hello {
	return { size: client === 'containerd of an older Go' ? 'classic' : 'full', client };
}

/** A hello of one packet, beside the usual one. */
interface SmallHello {
	/** Whether it was answered, while the usual one was not. */
	passed(): boolean;
	giveUp(): void;
}

/** Tries a classic hello when half of the time has gone by without a byte from the server. */
function trySmallHello(securing: Securing, onPassed: () => void): SmallHello {
	// What a proxy has said before is no answer of the server.
	const before = bytesRead(securing.socket);
	let over: AbortController | undefined;
	let passed = false;
	const attempt = async () => {
		if (bytesRead(securing.socket) > before) return;
		over = new AbortController();
		const { signal } = over;
		const socket = await securing.again();
		const { hostname, client, gate, identities } = securing;
		const hello = { size: 'classic', client } as const;
		const secured = await shake({ socket, hostname, hello, identities, gate, signal });
		secured.socket.destroy();
		passed = true;
		onPassed();
	};
	// Its failure says nothing beyond what the first connection says.
	const timer = setTimeout(() => void attempt().catch(() => {}), (securing.time.remaining() / 2) * 1000);
	return {
		passed: () => passed,
		giveUp() {
			clearTimeout(timer);
			over?.abort(notNeeded);
		},
	};
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
