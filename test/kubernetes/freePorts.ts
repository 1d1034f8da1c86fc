import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Three ports of 127.0.0.1 on which nobody listens, each another: none of those that the system gives to connections. */
export async function freePorts(): Promise<[number, number, number]> {
	const ports = new Set<number>();
	while (ports.size < 3) {
		const port = randomInt(20_000, 30_000);
		if (await isFree(port)) ports.add(port);
	}
	const [first = 0, second = 0, third = 0] = ports;
	return [first, second, third];
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}
	await once(server.close(), 'close');
	return true;
}
