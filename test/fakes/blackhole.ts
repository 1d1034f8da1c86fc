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
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** The kernel drops SYNs for a listener whose queue is full, and nobody takes from this one. */
export async function startBlackhole({ address = '127.0.0.1', port = 0 }: Place = {}): Promise<Blackhole> {
	const worker = new Worker(listener, { eval: true, workerData: { address, port } });
	const [bound] = (await once(worker, 'message')) as [number];
	const fill = Array.from({ length: 4 }, () => connect(bound, address).on('error', () => undefined));
	// The queue takes one more than its backlog; then it is full.
	await Promise.all(fill.slice(0, 2).map((socket) => once(socket, 'connect')));
	await sleep(20);
	return {
		address,
		port: bound,
		async [Symbol.asyncDispose]() {
			for (const socket of fill) socket.destroy();
			await worker.terminate();
		},
	};
}
