import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that goes on attacking a port until it is stopped. */
export interface Attacker {
	/** Connections that it has opened so far. */
	readonly opened: () => number;
	stop(): void;
}

/** Where an attack goes to and which loopback address it comes from. */
interface Aim {
	readonly port: number;
	readonly from: string;
}

/** What one connection of an attack does once it stands; it is told when it is over. */
type Deed = (socket: Socket) => void;

/** Keeps so many connections busy with a deed, each replaced when it is cut. */
function busy({ port, from }: Aim, number: number, deed: Deed): Attacker {
	const sockets = new Set<Socket>();
	let opened = 0;
	let stopped = false;
	const open = () => {
		const socket = connect({ host: '127.0.0.1', port, localAddress: from });
		opened += 1;
		sockets.add(socket);
		// Whoever is cut comes again: that is what attackers do.
		socket.on('error', () => socket.destroy());
		socket.once('connect', () => deed(socket));
		socket.once('close', () => {
			sockets.delete(socket);
			if (!stopped) setTimeout(() => !stopped && open(), 20);
		});
	};
	for (let at = 0; at < number; at += 1) open();
	return {
		opened: () => opened,
		stop() {
			stopped = true;
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Does a deed again and again, until the connection ends. */
function again(socket: Socket, milliseconds: number, deed: () => void): void {
	deed();
	const timer = setInterval(deed, milliseconds);
	socket.once('close', () => clearInterval(timer));
}

const head = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n';

/** Attacks by name. Each is ready to go on for ever. */
const attacks: Readonly<Record<string, (aim: Aim) => Attacker>> = {
	'slow-loris: a header byte by byte': (aim) =>
		busy(aim, 100, (socket) => {
			socket.write(head);
			again(socket, 200, () => socket.write('X'));
		}),
	'a header of a megabyte': (aim) => busy(aim, 5, (socket) => socket.write(`${head}X: ${'x'.repeat(1024 ** 2)}`)),
	'ten thousand headers': (aim) => busy(aim, 5, (socket) => socket.write(`${head}${'X: y\r\n'.repeat(10_000)}\r\n`)),
	'a body without an end': (aim) =>
		busy(aim, 5, (socket) => {
			socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
			again(socket, 20, () => socket.write(`2000\r\n${'x'.repeat(0x2000)}\r\n`));
		}),
	'answers that nobody reads': (aim) =>
		busy(aim, 40, (socket) => {
			socket.pause();
			again(socket, 100, () => socket.write(`${head}\r\n`));
		}),
	'a thousand requests in a line': (aim) => busy(aim, 5, (socket) => socket.write(`${head}\r\n`.repeat(1000))),
	'a scrape after the other': (aim) =>
		busy(aim, 8, (socket) => {
			const ask = () => socket.write(`${head}Accept-Encoding: gzip\r\n\r\n`);
			socket.on('data', ask);
			ask();
		}),
	'a record of TLS': (aim) => busy(aim, 5, (socket) => socket.write(Buffer.from('1603010200010001fc0303', 'hex'))),
};

/** Opens so many connections that say nothing, a thousand at a time, and leaves them open until it is stopped. */
async function crowdOf(number: number, { port, from }: Aim): Promise<Attacker> {
	const sockets: Socket[] = [];
	for (let at = 0; at < number; at += 1) {
		const socket = connect({ host: '127.0.0.1', port, localAddress: from });
		socket.on('error', () => socket.destroy());
		sockets.push(socket);
		if (at % 1000 === 999) await sleep(200);
	}
	return {
		opened: () => sockets.length,
		stop() {
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Every attack at once, each from an address of its own, and a crowd of ten thousand from four. */
export async function attackAll(port: number): Promise<Attacker> {
	const each = Object.values(attacks).map((attack, at) => attack({ port, from: `127.0.1.${at + 1}` }));
	const crowds = [2, 3, 4, 5].map((at) => crowdOf(2500, { port, from: `127.0.0.${at}` }));
	const all = [...each, ...(await Promise.all(crowds))];
	return {
		opened: () => all.reduce((sum, { opened }) => sum + opened(), 0),
		stop: () => all.forEach((attacker) => attacker.stop()),
	};
}
