import type { Runtime } from '../plan/pullHost.ts';
import { hasSince } from '../registry/version.ts';

/** How a runtime pulls, as far as it decides whether and how late a pull succeeds. */
export interface Manner {
	/** `each`: every object comes from the first host that gives it. `one`: all come from the host that gave the manifest. */
	readonly objects: 'each' | 'one';
	/** A certificate file that cannot be loaded for one host ends the pull before any is asked. */
	readonly unusableEndsPull: boolean;
	/** Seconds that an answer's head is waited for; absent: without end. */
	readonly headSeconds?: number;
	/** Seconds that a 429 is met with before the next host is asked. */
	readonly limitedSeconds: number;
}

/** Seconds that all of these runtimes give a connection, look-up included (Go's dialer as they set it up). */
export const dialSeconds = 30;
/** Seconds that they give a handshake. */
export const handshakeSeconds = 10;
/** Seconds that Go's resolver waits for a nameserver, and how often it asks each, unless resolv.conf says otherwise. */
export const nameserver = { seconds: 5, tries: 2 } as const;
/** Connections, each with a look-up of its own, that a pull makes to a host in this role: two clients ask the registry. */
export const connections = { registry: 2, token: 2, redirect: 2, blob: 1 } as const;

/**
 * Measured on containerd 1.6.20, 1.7.35, 2.2.9 and 2.4.2 (both ways of pulling) and CRI-O 1.37.0, each against the same
 * faulty servers: answers that never come end in 30 s from containerd 2.3 on, and never elsewhere; a mirror whose layer
 * fails is passed over by containerd and ends CRI-O's pull; CRI-O meets a 429 with four pauses, of 2 to 16 s.
 */
export function mannerOf(runtime: Runtime | undefined): Manner {
	if (runtime?.name === 'cri-o') return { objects: 'one', unusableEndsPull: false, limitedSeconds: 30 };
	const waits = !runtime || hasSince(runtime.version, ['2.3.0']) ? { headSeconds: 30 } : {};
	return { objects: 'each', unusableEndsPull: true, limitedSeconds: 0, ...waits };
}
