import { createServer } from 'node:net';

import { dial, join } from '../fakes/route.ts';
import { answerCalls } from './channel.ts';

/** The well-known prefix, behind which the last 32 bits are an IPv4 address (RFC 6052, 2.1). */
export const prefix = '64:ff9b::/96';

/** Which TCP ports are translated from now on. */
export interface Message {
	readonly ports: readonly number[];
}

/** `64:ff9b::c633:6412` → `198.51.100.18`. */
function embedded(address: string): string {
	const [high = 0, low = 0] = address
		.split(':')
		.slice(-2)
		.map((group) => Number.parseInt(group, 16));
	return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/**
 * A translator from IPv6 to IPv4 (NAT64, RFC 6146), for TCP: it takes every connection to the prefix, which is local here
 * as a whole, and opens another one to the IPv4 address that is meant.
 */
answerCalls<Message>(async ({ ports }) => {
	for (const port of ports) {
		const server = createServer((socket) => {
			socket.on('error', () => socket.destroy());
			dial({ address: embedded(socket.localAddress ?? ''), port }).then(
				(onward) => join(socket, onward),
				() => socket.resetAndDestroy(),
			);
		});
		await new Promise<void>((resolve) => server.listen(port, '::', resolve));
	}
});
