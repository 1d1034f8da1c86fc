import { once } from 'node:events';
import { createServer } from 'node:net';

/** Three ports of 127.0.0.1 on which nobody listens, each another. */
export async function freePorts(): Promise<[number, number, number]> {
	const servers = [0, 0, 0].map((port) => createServer().listen(port, '127.0.0.1'));
	await Promise.all(servers.map((server) => once(server, 'listening')));
	const [first = 0, second = 0, third = 0] = servers.map((server) => {
		const bound = server.address();
		return bound === null || typeof bound === 'string' ? 0 : bound.port;
	});
	await Promise.all(servers.map((server) => once(server.close(), 'close')));
	return [first, second, third];
}
