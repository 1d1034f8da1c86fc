import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { acceptor } from './acceptor.ts';
import type { Accepted, Tls } from './acceptor.ts';
import { listen } from './listener.ts';
import type { Listener, Place } from './listener.ts';

/**
 * What a server does to a connection. It begins when the connection is taken; on a server with TLS when the handshake
 * is done. "Data" is what the client says first: a ClientHello, or its request where the server has TLS or the client has not.
 */
export type Misbehaviour = (accepted: Accepted) => void;

export interface MisbehavingServer extends Listener {
	/** What each connection has received so far, the first 64 KiB. */
	readonly received: readonly Buffer[];
}

const kept = 64 * 1024;

/** A server that takes connections and does with each what it is told. */
export async function startMisbehaving(
	behave: Misbehaviour,
	options: Place & { readonly tls?: Tls } = {},
): Promise<MisbehavingServer> {
	const received: Buffer[] = [];
	const { server } = acceptor(options.tls, (accepted) => {
		const index = received.push(Buffer.alloc(0)) - 1;
		accepted.stream.on('data', (chunk) => {
			const whole = Buffer.concat([received[index] ?? Buffer.alloc(0), chunk]);
			received[index] = whole.subarray(0, kept);
		});
		behave(accepted);
	});
	return { ...(await listen(server, options)), received };
}

const afterData =
	(then: Misbehaviour): Misbehaviour =>
	(accepted) => {
		accepted.stream.once('data', () => then(accepted));
	};

/** Never says a word. */
export const silent: Misbehaviour = () => undefined;

/** FIN at once. */
export const closes: Misbehaviour = ({ stream }) => void stream.end();

/** FIN after the client's first data. */
export const closesAfterData = afterData(closes);

/** RST at once. */
export const resets: Misbehaviour = ({ tcp }) => void tcp.resetAndDestroy();

/** RST after the client's first data. */
export const resetsAfterData = afterData(resets);

/** Says this before the client has said anything, and nothing more. */
export const speaksFirst =
	(words: string | Buffer): Misbehaviour =>
	({ stream }) =>
		void stream.write(words);

/** Answers the client's first data with this; then silence, FIN or RST. */
export const answers = (words: string | Buffer, then: 'silence' | 'close' | 'reset' = 'close'): Misbehaviour =>
	afterData(({ stream, tcp }) => {
		stream.write(words, () => {
			if (then === 'close') stream.end();
			else if (then === 'reset') tcp.resetAndDestroy();
		});
	});

/** A server of another protocol. */
export const sshBanner = speaksFirst('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n');

/** A plain HTTP server, as it answers a ClientHello. */
export const plainHttp = answers(
	'HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<h1>400</h1>\r\n\r',
);

/** A fatal TLS alert in place of a ServerHello (https://www.rfc-editor.org/rfc/rfc8446#section-6): 40 handshake_failure, 70 protocol_version. */
export const tlsAlert = (description: number): Misbehaviour =>
	answers(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, description]));

/** An answer that is not HTTP. */
export const garbageHttp = answers('ICY 200 OK\x00\x01\x02\r\nneither: http\r\n\r\n');

/** Announces more body than it sends, then FIN. */
export const shortBody = answers('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this');

/** Two lengths that contradict each other. */
export const twoLengths = answers('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 8\r\n\r\nfourfour');

/** Writes `line(0)`, `line(1)`, … after the client's first data for as long as the client listens. */
function endless(opening: string, line: (index: number) => string): Misbehaviour {
	return afterData(({ stream }) => {
		let index = 0;
		const pour = () => {
			while (!stream.destroyed && stream.writable && stream.write(line(index++)));
		};
		stream.on('drain', pour);
		stream.write(opening);
		pour();
	});
}

/** Headers without end. */
export const endlessHeaders = endless('HTTP/1.1 200 OK\r\n', (index) => `X-Header-${index}: ${'x'.repeat(1000)}\r\n`);

/** 1xx answers without end. */
export const endlessInformational = endless('', () => 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n');

/** A body without length and end. */
export const endlessBody = endless('HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n', () =>
	'x'.repeat(4096),
);

/** Answers the client's first data byte by byte, one every `everyMs`. */
export const dribbles = (words: string, everyMs = 1000): Misbehaviour =>
	afterData(({ stream }) => {
		let sent = 0;
		const timer = setInterval(() => {
			if (sent < words.length && stream.writable) stream.write(words.charAt(sent++));
			else clearInterval(timer);
		}, everyMs);
		timer.unref();
		stream.once('close', () => clearInterval(timer));
	});

/** Passes the connection on to a real server, unless the client's first data is longer than `bytes`: then it is swallowed, as by a broken MTU. */
export const dropsLargeHello =
	(port: number, bytes: number): Misbehaviour =>
	(accepted) => {
		accepted.stream.once('data', (hello) => {
			if (hello.length > bytes) return;
			const onward = connect(port, '127.0.0.1');
			onward.on('error', () => accepted.stream.destroy());
			accepted.stream.once('close', () => onward.destroy());
			onward.write(hello);
			accepted.stream.pipe(onward).pipe(accepted.stream);
		});
	};

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const bound = server.address();
	if (bound === null || typeof bound === 'string') throw new TypeError('the server has no port');
	server.close();
	await once(server, 'close');
	return bound.port;
}
