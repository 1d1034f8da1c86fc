import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Place } from './listener.ts';

/** A port that answers no SYN. */
export interface Blackhole extends AsyncDisposable {
	readonly address: string;
	readonly port: number;
}

/** Listens, tells the port and never takes a connection, because its loop stands still. */
const listener = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: workerData.port, host: workerData.address, backlog: 1 }, () => {
	parentPort.postMessage(server.address().port);
	setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
});`;

/** The kernel drops SYNs for a listener whose queue is full, and nobody takes from this one. */
export async function startBlackhole({ address = '127.0.0.1', port = 0 }: Place = {}): Promise<Blackhole> {
	const worker = new Worker(listener, { eval: true, workerData: { address, port } });
	const [bound] = (await once(worker, 'message')) as [number];
	await sleep(100);
	const fill = Array.from({ length: 4 }, () => connect(bound, address).on('error', () => undefined));
	await Promise.race([Promise.all(fill.map((socket) => once(socket, 'connect'))), sleep(100)]);
	return {
		address,
		port: bound,
		async [Symbol.asyncDispose]() {
			for (const socket of fill) socket.destroy();
			await worker.terminate();
		},
	};
}
