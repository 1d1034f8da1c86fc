import { createSocket } from 'node:dgram';
import { createConnection, isIPv6 } from 'node:net';

import type { Nameserver } from '../../plan/vantage.ts';
import { codeOf, isExhausted } from '../systemError.ts';
import {
	encodeQuestion,
	newQuestion,
	type Family,
	type Question,
	type Reading,
	type Reply,
	readAnswer,
} from './message.ts';

export interface Asking {
	readonly server: Nameserver;
	readonly name: string;
	readonly family: Family;
	/** How often UDP is tried. */
	readonly attempts: number;
	/** Seconds for each try. */
	readonly timeout: number;
	readonly useTcp: boolean;
	readonly trustAd: boolean;
	readonly signal: AbortSignal;
}

/** Asks one nameserver one question as Go's resolver does: UDP, again after a time-out, TCP when the answer is truncated. Never rejects. */
export async function ask(asking: Asking): Promise<Reply> {
	let reply: Reply = failure('dns_timeout', 'no answer');
	for (let attempt = 0; attempt < asking.attempts && !asking.signal.aborted; attempt++) {
		reply = await once(asking);
		if (reply.outcome === 'answer' || reply.final || reply.reason === 'agent_resources_exhausted') return reply;
	}
	return reply;
}

async function once(asking: Asking): Promise<Reply> {
	let question: Question;
	let query: Buffer;
	try {
		question = newQuestion(asking.name, asking.family, asking.trustAd);
		query = encodeQuestion(question);
	} catch {
		return { outcome: 'failure', reason: 'dns_name_not_found', final: true, detail: 'not a name that DNS can carry' };
	}
	if (asking.useTcp) return await overTcp(asking, question, query, 'no answer over TCP');
	const reading = await overUdp(asking, question, query);
	if (reading.is === 'truncated') return await overTcp(asking, question, query, undefined);
	if (reading.is === 'reply') return reading.reply;
	return reading.is === 'garbage'
		? failure('dns_malformed', 'the answer cannot be read')
		: failure('dns_timeout', 'no answer');
}

/** `foreign` stands for silence: nothing came that answers the question. */
async function overUdp({ server, timeout, signal }: Asking, question: Question, query: Buffer): Promise<Reading> {
	const socket = createSocket(isIPv6(server.address.replace(/%.*$/, '')) ? 'udp6' : 'udp4');
	try {
		return await new Promise<Reading>((resolve) => {
			let last: Reading = { is: 'foreign' };
			const timer = setTimeout(() => resolve(last), timeout * 1000);
			socket.once('close', () => clearTimeout(timer));
			signal.addEventListener('abort', () => resolve(last), { once: true });
			socket.on('error', (error) => resolve({ is: 'reply', reply: networkFailure(error) }));
			socket.on('message', (message) => {
				const reading = readAnswer(message, question);
				if (reading.is === 'reply' || reading.is === 'truncated') resolve(reading);
				else last = reading.is === 'garbage' ? reading : last;
			});
			socket.connect(server.port, server.address, (error?: Error) => {
				if (error) resolve({ is: 'reply', reply: networkFailure(error) });
				else socket.send(query, (wrong) => wrong && resolve({ is: 'reply', reply: networkFailure(wrong) }));
			});
		});
	} finally {
		socket.close();
	}
}

/** `silence` names a failure to reach the server over TCP; undefined: the answer over UDP was truncated, so that is the fault. */
async function overTcp(
	{ server, timeout, signal }: Asking,
	question: Question,
	query: Buffer,
	silence: string | undefined,
): Promise<Reply> {
	const socket = createConnection({ host: server.address, port: server.port });
	const lost = (detail: string, error?: Error): Reply => {
		if (silence === undefined) return failure('dns_truncated', `truncated over UDP, and over TCP ${detail}`);
		return error ? networkFailure(error) : failure('dns_timeout', silence);
	};
	try {
		return await new Promise<Reply>((resolve) => {
			const chunks: Buffer[] = [];
			const timer = setTimeout(() => resolve(lost('no answer')), timeout * 1000);
			socket.once('close', () => {
				clearTimeout(timer);
				resolve(lost('closed without an answer'));
			});
			signal.addEventListener('abort', () => resolve(lost('no answer')), { once: true });
			socket.on('error', (error) => resolve(lost(codeOf(error), error)));
			socket.on('connect', () => {
				const length = Buffer.alloc(2);
				length.writeUInt16BE(query.length);
				socket.write(Buffer.concat([length, query]));
			});
			socket.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				const received = Buffer.concat(chunks);
				if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
				const reading = readAnswer(received.subarray(2, 2 + received.readUInt16BE(0)), question, 'tcp');
				resolve(
					reading.is === 'reply' ? reading.reply : failure('dns_malformed', 'the answer over TCP cannot be read'),
				);
			});
		});
	} finally {
		socket.destroy();
	}
}

function networkFailure(error: Error): Reply {
	if (isExhausted(error)) return failure('agent_resources_exhausted', codeOf(error));
	return failure('dns_unreachable', codeOf(error));
}

function failure(reason: (Reply & { outcome: 'failure' })['reason'], detail: string): Reply {
	return { outcome: 'failure', reason, detail, final: false };
}
