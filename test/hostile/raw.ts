import type { Duplex } from 'node:stream';
import { acceptor, type Tls } from '../fakes/acceptor.ts';
import { type Listener, listen } from '../fakes/listener.ts';

/** The head of a request as it came. */
export interface RawRequest {
	readonly method: string;
	/** Path and query. */
	readonly target: string;
	/** All lines, the request line first. */
	readonly text: string;
}

/** Writes whatever it likes, HTTP or not. */
export type Rude = (request: RawRequest, stream: Duplex) => void;

export interface RawServer extends Listener {
	readonly requests: readonly RawRequest[];
	readonly origin: string;
}

/** A server without manners: what it answers is written by hand, byte for byte. Requests have no bodies. */
export async function startRaw(answer: Rude, tls?: Tls): Promise<RawServer> {
	const requests: RawRequest[] = [];
	const { server } = acceptor(tls, ({ stream }) => {
		let head = '';
		stream.setEncoding('latin1');
		stream.on('error', () => stream.destroy());
		stream.on('data', (text: string) => {
			head = (head + text).slice(0, 64 * 1024);
			for (let end = head.indexOf('\r\n\r\n'); end >= 0; end = head.indexOf('\r\n\r\n')) {
				const request = readRequest(head.slice(0, end));
				head = head.slice(end + 4);
				requests.push(request);
				answer(request, stream);
			}
		});
	});
	const listener = await listen(server);
	return { ...listener, requests, origin: `${tls ? 'https' : 'http'}://127.0.0.1:${listener.port}` };
}

function readRequest(text: string): RawRequest {
	const [method = '', target = ''] = text.split(' ', 2);
	return { method, target, text };
}

/** An answer by hand; of two headers with one name both are sent. */
export function say(
	stream: Duplex,
	status: string,
	headers: readonly (readonly [string, string | number])[] = [],
	body: string | Buffer = '',
): void {
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	stream.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines}\r\n`), Buffer.from(body)]));
}

/** Writes a text again and again for as long as the other side takes it. */
export function pour(stream: Duplex, text: string): void {
	const chunk = Buffer.from(text.repeat(Math.max(1, Math.floor(16_384 / text.length))));
	const on = () => {
		while (!stream.destroyed && stream.writable && stream.write(chunk));
	};
	stream.on('drain', on);
	on();
}

/** Writes a text byte by byte, `every` so many milliseconds one. */
export function drip(stream: Duplex, text: string, every: number): void {
	let sent = 0;
	const timer = setInterval(() => {
		if (sent < text.length && stream.writable) stream.write(text.charAt(sent++));
		else clearInterval(timer);
	}, every);
	stream.once('close', () => clearInterval(timer));
}
