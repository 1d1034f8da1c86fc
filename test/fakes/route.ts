import { once } from 'node:events';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Duplex } from 'node:stream';

/**
 * Where a proxy finds names, since it resolves them itself: `registry.test` or `registry.test:443` → `127.0.0.1:45001`.
 * Addresses are reached as they are.
 */
export type Hosts = Readonly<Record<string, string>>;

/** `address` and port that a host stands for; undefined where the proxy does not know it. */
export function route(hosts: Hosts, hostname: string, port: number): { address: string; port: number } | undefined {
	const known = hosts[`${hostname}:${port}`] ?? hosts[hostname];
	const literal = hostname.replace(/^\[(.*)\]$/, '$1');
	if (known === undefined) return isIP(literal) === 0 ? undefined : { address: literal, port };
	const [address = '', ownPort] = known.split(':');
	return { address, port: ownPort === undefined ? port : Number(ownPort) };
}

/** Dials; rejects with the system's error. */
export async function dial({ address, port }: { address: string; port: number }): Promise<Socket> {
	const socket = connect(port, address);
	await once(socket, 'connect');
	socket.on('error', () => socket.destroy());
	return socket;
}

/** Carries bytes both ways until one side ends. */
export function join(a: Duplex, b: Duplex): void {
	// A pipeline alone listens several times to each side.
	for (const side of [a, b]) side.setMaxListeners(20);
	pipeline(a, b, a).catch(() => {
		a.destroy();
		b.destroy();
	});
}
