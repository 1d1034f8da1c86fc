import { createServer } from 'node:net';
import { listen } from '../test/fakes/listener.ts';

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
	await using server = await listen(createServer());
	return server.port;
}
