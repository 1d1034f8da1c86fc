import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentence, write } from './answer.ts';
import type { ServerLimits } from './limits.ts';
import { neighbourOf } from './neighbour.ts';
import { Rate } from './rate.ts';
import { Shares } from './shares.ts';

type Receive = (request: IncomingMessage, response: ServerResponse) => void;

/** Paths whose answers are one sentence: they take no memory, and the kubelet is answered whatever others do. */
const small: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

const second = 1000;

/**
 * Hands requests on to `answer`, as many at a time as memory is meant for, and sees to it that each is done with in time.
 * Until its last byte has left this process an answer lies in memory, so that a client that reads slowly, or never, holds
 * a share.
 */
export function createReception(
	limits: ServerLimits,
	answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Receive {
	const shares = new Shares({ all: limits.answers, each: limits.answersPerNeighbour });
	const rate = new Rate({ times: limits.requestsPerSecond, within: second });
	const waiting = new WeakMap<Socket, number>();
	const last = new WeakSet<Socket>();

	/** Takes what an answer needs, until it is done with; false where there is no share left for it. */
	const begin = ({ socket, url = '' }: IncomingMessage, response: ServerResponse, neighbour: string): boolean => {
		const free = small.has(url);
		const giveBack = free ? undefined : shares.take(neighbour, () => socket.destroy());
		waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
		const cut = setTimeout(() => socket.destroy(), limits.answerTimeout);
		onDone(response, socket, () => {
			clearTimeout(cut);
			waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
			giveBack?.();
		});
		return free || giveBack !== undefined;
	};

	return (request, response) => {
		const { socket } = request;
		if ((waiting.get(socket) ?? 0) >= limits.pipelined) socket.destroy();
		// What follows a body that nobody reads may be a part of it: it is no request of anybody.
		if (socket.destroyed || last.has(socket)) return;
		if (carriesBody(request)) {
			last.add(socket);
			response.setHeader('connection', 'close');
		}
		const neighbour = neighbourOf(socket.remoteAddress ?? '');
		const taken = begin(request, response, neighbour);
		const reply = () => (taken ? answer(request, response) : write(response, busy));
		void (rate.exceeds(neighbour) ? sleep(second).then(reply) : reply());
	};
}

/** Once, when an answer has left this process or its connection is gone; a response that still waits for its turn tells of neither. */
function onDone(response: ServerResponse, socket: Socket, done: () => void): void {
	const once = () => {
		response.off('close', once);
		socket.off('close', once);
		done();
	};
	response.once('close', once);
	socket.once('close', once);
}

const busy = sentence(503, 'Too many answers are under way; come again in a moment.', {
	'retry-after': '1',
	connection: 'close',
});

/** A body is not read: the connection ends with the answer. */
function carriesBody({ headers }: IncomingMessage): boolean {
	return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
