import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { decode } from 'dns-packet';
import type { Question } from 'dns-packet';
import { encodeAnswer } from './dnsAnswer.ts';
import type { DnsAnswer, Transport } from './dnsAnswer.ts';
import { listen } from './listener.ts';
import type { Listener, Place } from './listener.ts';

export type { DnsAnswer } from './dnsAnswer.ts';

/** What a name server was asked. */
export interface DnsQuery {
	/** Lower case, without a dot at the end. */
	readonly name: string;
	readonly type: string;
	readonly transport: Transport;
}

/** By name, or by a function; a name without an answer does not exist. The map may be changed while the server runs. */
export type DnsAnswers = Record<string, DnsAnswer> | ((query: DnsQuery) => DnsAnswer | undefined);

export interface DnsOptions extends Place {
	readonly answers: DnsAnswers;
	/** `false`: nothing listens on the TCP port. */
	readonly tcp?: boolean;
}

export interface DnsServer extends Listener {
	readonly queries: readonly DnsQuery[];
	/** `address:port`, for a `nameserver` line. */
	readonly nameserver: string;
}

type Respond = (message: Buffer, transport: Transport) => Promise<Buffer | undefined>;

function responder(answers: DnsAnswers, queries: DnsQuery[]): Respond {
	const find = (query: DnsQuery): DnsAnswer =>
		(typeof answers === 'function' ? answers(query) : answers[query.name]) ?? { rcode: 'NXDOMAIN' };
	return async (message, transport) => {
		const query = decode(message);
		const question: Question | undefined = query.questions?.[0];
		if (!question) return undefined;
		const asked = { name: question.name.toLowerCase(), type: question.type, transport };
		queries.push(asked);
		const answer = find(asked);
		if (answer.delayMs !== undefined) await sleep(answer.delayMs, undefined, { ref: false });
		if (answer.silent) return undefined;
		return encodeAnswer(query, question, answer, transport, (name) => find({ ...asked, name }));
	};
}

/** Reads messages with their two-byte length in front, https://www.rfc-editor.org/rfc/rfc1035#section-4.2.2. */
async function converse(socket: Socket, respond: Respond): Promise<void> {
	let received = Buffer.alloc(0);
	for await (const chunk of socket) {
		received = Buffer.concat([received, chunk as Buffer]);
		while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
			const end = 2 + received.readUInt16BE();
			const response = await respond(received.subarray(2, end), 'tcp');
			received = received.subarray(end);
			if (!response) continue;
			const length = Buffer.alloc(2);
			length.writeUInt16BE(response.length);
			socket.write(Buffer.concat([length, response]));
		}
	}
}

async function bindUdp({ address = '127.0.0.1', port = 0 }: Place): Promise<UdpSocket> {
	const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
	socket.bind(port, address);
	await once(socket, 'listening');
	return socket;
}

function serveUdp(socket: UdpSocket, respond: Respond): void {
	let open = true;
	socket.once('close', () => (open = false));
	socket.on('error', () => undefined);
	socket.on('message', (message, peer) => {
		respond(message, 'udp').then(
			(response) => response && open && socket.send(response, peer.port, peer.address),
			() => undefined,
		);
	});
}

async function serveTcp(place: Place, respond: Respond): Promise<Listener> {
	const server = createServer((socket) => {
		converse(socket, respond).catch(() => socket.destroy());
	});
	return listen(server, place);
}

/** Binds UDP, then TCP on the same port; with a free port wished for, tries again where another program has the TCP one. */
async function bindBoth(place: Place, respond: Respond): Promise<{ udp: UdpSocket; tcp: Listener }> {
	for (let tries = 1; ; tries++) {
		const udp = await bindUdp(place);
		try {
			return { udp, tcp: await serveTcp({ ...place, port: udp.address().port }, respond) };
		} catch (error) {
			udp.close();
			if ((place.port ?? 0) !== 0 || tries === 10) throw error;
		}
	}
}

/** A name server on UDP and TCP. */
export async function startDns(options: DnsOptions): Promise<DnsServer> {
	const queries: DnsQuery[] = [];
	const respond = responder(options.answers, queries);
	const { udp, tcp } =
		options.tcp === false ? { udp: await bindUdp(options), tcp: undefined } : await bindBoth(options, respond);
	serveUdp(udp, respond);
	const { address, port } = udp.address();
	let closing: Promise<unknown> | undefined;
	const close = async () => {
		closing ??= Promise.all([tcp?.close(), new Promise<void>((resolve) => udp.close(() => resolve()))]);
		await closing;
	};
	const nameserver = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
	return { queries, nameserver, address, port, close, [Symbol.asyncDispose]: close };
}
