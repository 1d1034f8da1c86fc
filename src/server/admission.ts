import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLimits } from './limits.ts';
import { neighbourOf } from './neighbour.ts';
import { Shares } from './shares.ts';

/**
 * Lets only so many connections stand, fairly divided: whoever opens thousands must not make the kubelet believe that the
 * agent is dead. Who is cut is reset, which leaves nothing behind here.
 */
export function limitConnections(
	server: Server,
	{ connections, perNeighbour }: Pick<ServerLimits, 'connections' | 'perNeighbour'>,
): void {
	const shares = new Shares({ all: connections, each: perNeighbour });
	// Those that were cut still count until the loop has turned.
	server.maxConnections = 8 * connections;
	server.on('connection', (socket: Socket) => {
		const giveBack = shares.take(neighbourOf(socket.remoteAddress ?? ''), () => socket.resetAndDestroy());
		if (giveBack) {
			socket.once('close', giveBack);
		} else {
			server.closeIdleConnections();
			socket.resetAndDestroy();
		}
	});
}
