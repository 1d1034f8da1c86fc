import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createVantage } from '../../src/node/vantage.ts';
import { Deadline } from '../../src/probe/deadline.ts';
import { dial } from '../../src/probe/dial/dial.ts';
import { probe } from '../../src/probe/probe.ts';
import { ProbeFailure } from '../../src/probe/stage.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { proxyAt } from './throughProxy.ts';
import { makeWorld } from './world.ts';

const gate = async <T>(begin: () => T) => begin();

/** What a server has seen of the first connection to it. */
function watched() {
	const taken = Promise.withResolvers<Socket>();
	const closed = taken.promise.then((socket) => (socket.closed ? undefined : once(socket, 'close')));
	return { taken, closed };
}

/** Dials a server that takes connections and says nothing. */
async function dialled(port: number, signal: AbortSignal): Promise<Socket> {
	const time = new Deadline(5);
	const { socket } = await dial({ addresses: ['127.0.0.1'], port, time, gate, signal, settle: () => {} });
	return socket;
}

test('a connection is closed with what it was made for', async () => {
	const { taken, closed } = watched();
	await using server = await startMisbehaving(({ tcp }) => taken.resolve(tcp));
	const stop = new AbortController();
	const socket = await dialled(server.port, stop.signal);
	expect(socket.destroyed).toBe(false);
	stop.abort();
	await closed;
	expect(socket.destroyed).toBe(true);
});

test('dialling for what is over leaves no connection', async () => {
	await using server = await startMisbehaving(silent);
	await expect(dialled(server.port, AbortSignal.abort())).rejects.toThrow(ProbeFailure);
	expect(server.received).toEqual([]);
});

test('a tunnel that is granted to an attempt that was stopped meanwhile is closed', async () => {
	const { taken, closed } = watched();
	const stop = new AbortController();
	await using server = await startMisbehaving(({ tcp }) => {
		tcp.once('data', () => {
			stop.abort();
			tcp.write('HTTP/1.1 200 Connection established\r\n\r\n');
			taken.resolve(tcp);
		});
	});
	await using world = await makeWorld();
	const surroundings = { vantage: createVantage(world.node.root), logins: async () => ({}), gate };
	const target = { ...world.target, proxy: proxyAt('http', server.port), noProxy: '' };
	const observation = await probe(target, surroundings, { signal: stop.signal });
	await closed;
	expect(observation).toMatchObject({ success: false, records: [] });
});
