import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { acceptor } from './acceptor.ts';
import type { Tls } from './acceptor.ts';
import { listen } from './listener.ts';
import type { Listener, Place } from './listener.ts';
import { dial, join, route } from './route.ts';
import type { Hosts } from './route.ts';

/** Replies of https://www.rfc-editor.org/rfc/rfc1928#section-6. */
const replies = { granted: 0, general: 1, ruleset: 2, networkUnreachable: 3, hostUnreachable: 4, refused: 5 } as const;

/** What a SOCKS proxy was asked. */
export interface SocksRequest {
	readonly hostname: string;
	readonly port: number;
	readonly kind: 'name' | 'ipv4' | 'ipv6';
	readonly user?: string;
	readonly password?: string;
}

export interface SocksOptions extends Place {
	readonly tls?: Tls;
	readonly hosts?: Hosts;
	/** Demanded of every client. */
	readonly login?: { readonly user: string; readonly password: string };
	/** The answer to every request in place of a connection. */
	readonly refuse?: Exclude<keyof typeof replies, 'granted'>;
	/** The request is never answered. */
	readonly silent?: boolean;
}

export interface SocksProxy extends Listener {
	readonly requests: readonly SocksRequest[];
}

async function take(stream: Duplex, length: number): Promise<Buffer> {
	for (;;) {
		const bytes: unknown = stream.read(length);
		if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
		if (stream.readableEnded || stream.destroyed) throw new Error('the client has gone');
		await Promise.race([once(stream, 'readable'), once(stream, 'end')]);
	}
}

const takeByte = async (stream: Duplex) => (await take(stream, 1)).readUInt8();
const takeText = async (stream: Duplex) => (await take(stream, await takeByte(stream))).toString();

type Login = { readonly user: string; readonly password: string };

/** The methods and, where demanded, the login (https://www.rfc-editor.org/rfc/rfc1929); throws where the client is refused. */
async function greet(stream: Duplex, login: Login | undefined): Promise<Login | undefined> {
	await takeByte(stream);
	const methods = await take(stream, await takeByte(stream));
	const method = login ? 2 : 0;
	const possible = methods.includes(method);
	stream.write(Buffer.from([5, possible ? method : 0xff]));
	if (!possible) throw new Error('no method in common');
	if (!login) return undefined;
	await takeByte(stream);
	const given = { user: await takeText(stream), password: await takeText(stream) };
	const right = given.user === login.user && given.password === login.password;
	stream.write(Buffer.from([1, right ? 0 : 1]));
	if (!right) throw new Error('login refused');
	return given;
}

async function readRequest(stream: Duplex): Promise<SocksRequest> {
	const kind = (await take(stream, 4)).readUInt8(3);
	if (kind === 1)
		return { hostname: [...(await take(stream, 4))].join('.'), kind: 'ipv4', port: await readPort(stream) };
	if (kind === 3) return { hostname: await takeText(stream), kind: 'name', port: await readPort(stream) };
	const groups = (await take(stream, 16)).toString('hex').match(/.{4}/g) ?? [];
	return { hostname: groups.join(':'), kind: 'ipv6', port: await readPort(stream) };
}

const readPort = async (stream: Duplex) => (await take(stream, 2)).readUInt16BE();

async function serve(stream: Duplex, options: SocksOptions, requests: SocksRequest[]): Promise<void> {
	const login = await greet(stream, options.login);
	const request = { ...(await readRequest(stream)), ...login };
	requests.push(request);
	if (options.silent === true) return;
	const say = (reply: number) => stream.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
	const to = route(options.hosts ?? {}, request.hostname, request.port);
	const failure = options.refuse ?? (to ? undefined : 'hostUnreachable');
	const onward = failure || !to ? undefined : await dial(to).catch(() => undefined);
	say(replies[failure ?? (onward ? 'granted' : 'refused')]);
	if (onward) join(stream, onward);
	else stream.end();
}

/** A SOCKS version 5 proxy, https://www.rfc-editor.org/rfc/rfc1928. */
export async function startSocks(options: SocksOptions = {}): Promise<SocksProxy> {
	const requests: SocksRequest[] = [];
	const { server } = acceptor(options.tls, ({ stream }) => {
		serve(stream, options, requests).catch(() => stream.end());
	});
	return { ...(await listen(server, options)), requests };
}
