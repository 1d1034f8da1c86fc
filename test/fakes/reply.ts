import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a body travels. The header still tells its full length. */
export interface Pace {
	/** Default: as fast as it goes. */
	readonly bytesPerSecond?: number;
	/** After so many bytes nothing more comes, and the connection stays open. */
	readonly stallAfter?: number;
	/** After so many bytes the server closes the connection (FIN). */
	readonly truncateAfter?: number;
	/** After so many bytes the server resets the connection (RST). */
	readonly resetAfter?: number;
}

/** What a server does with a request. */
export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string | readonly string[]>>;
	readonly body?: string | Buffer;
	readonly delayMs?: number;
	readonly pace?: Pace;
}

/** An answer, or none: the connection stays open in silence, is closed, or is reset. */
export type Reply = Answer | 'silence' | 'close' | 'reset';

export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: `${JSON.stringify(value)}\n`,
	};
}

export function html(status: number, title: string, headers: Answer['headers'] = {}): Answer {
	const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

const tick = 100;

async function sendPaced(response: ServerResponse, tcp: Socket, body: Buffer, pace: Pace): Promise<void> {
	const end = Math.min(
		body.length,
		pace.stallAfter ?? Infinity,
		pace.truncateAfter ?? Infinity,
		pace.resetAfter ?? Infinity,
	);
	const step = pace.bytesPerSecond === undefined ? end : Math.max(1, Math.round((pace.bytesPerSecond * tick) / 1000));
	response.flushHeaders();
	for (let sent = 0; sent < end && !response.destroyed; sent += step) {
		if (sent > 0) await sleep(tick, undefined, { ref: false });
		await new Promise<void>((resolve) =>
			response.write(body.subarray(sent, Math.min(end, sent + step)), () => resolve()),
		);
	}
	if (end === body.length) response.end();
	else if (pace.resetAfter === end) tcp.resetAndDestroy();
	else if (pace.truncateAfter === end) response.socket?.end();
}

/** Carries out a reply. `tcp` is the connection below TLS. */
export async function send(response: ServerResponse, tcp: Socket, reply: Reply): Promise<void> {
	if (reply === 'silence') return;
	if (reply === 'close') return void response.socket?.end();
	if (reply === 'reset') return void tcp.resetAndDestroy();
	if (reply.delayMs !== undefined) await sleep(reply.delayMs, undefined, { ref: false });
	if (response.destroyed) return;
	const body = Buffer.from(reply.body ?? '');
	response.statusCode = reply.status;
	for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
	const bodiless = reply.status < 200 || reply.status === 204 || reply.status === 304;
	if (!bodiless && !response.hasHeader('content-length')) response.setHeader('content-length', body.length);
	if (reply.pace && response.req.method !== 'HEAD') await sendPaced(response, tcp, body, reply.pace);
	else response.end(body);
}
