import type { Duplex } from 'node:stream';

import type { Endpoint } from '../../registry/endpoint.ts';
import { ipBytes } from '../../registry/ipAddress.ts';
import type { Login } from '../../registry/secret.ts';
import { ProbeFailure } from '../stage.ts';
import { codeOf } from '../systemError.ts';

const version = 5;
const noLogin = 0;
const passwordLogin = 2;
const connectCommand = 1;
/** Types of addresses (RFC 1928, 5). */
const [ipv4, domainName, ipv6] = [1, 3, 4];
/** Length of the bound address in a reply, by its type; a name carries its own length. */
const addressLengths: Readonly<Record<number, number>> = { [ipv4]: 4, [ipv6]: 16 };

/**
 * Asks a SOCKS5 proxy (RFC 1928, login by RFC 1929) for a connection, by name where the host has one, as Go does. Throws
 * `ProbeFailure` with `proxy_auth_required`, `proxy_denied`, `proxy_error` or `connection_reset`.
 */
export async function socksConnect(
	socket: Duplex,
	{ hostname, port }: Endpoint,
	login: Login | undefined,
): Promise<void> {
	socket.write(login ? Buffer.from([version, 2, noLogin, passwordLogin]) : Buffer.from([version, 1, noLogin]));
	const [spoken, method] = await take(socket, 2);
	if (spoken !== version) throw new ProbeFailure('proxy_error', 'the proxy does not speak SOCKS5');
	if (method === passwordLogin && login) await signIn(socket, login);
	else if (method !== noLogin) throw new ProbeFailure('proxy_auth_required', 'the SOCKS5 proxy wants a login');
	socket.write(Buffer.from([version, connectCommand, 0, ...destination(hostname), port >> 8, port & 0xff]));
	const [, reply = 1, , type = 0] = await take(socket, 4);
	if (reply === 2) throw new ProbeFailure('proxy_denied', 'the SOCKS5 proxy does not allow this connection');
	if (reply !== 0) throw new ProbeFailure('proxy_error', `the SOCKS5 proxy answers ${replyWord(reply)}`);
	const length = type === domainName ? ((await take(socket, 1))[0] ?? 0) : (addressLengths[type] ?? 0);
	await take(socket, length + 2);
}

/** The type of the host and its bytes (https://go.dev/src/net/http/socks_bundle.go, socksDialer.connect). */
function destination(hostname: string): readonly number[] {
	const bytes = ipBytes(hostname);
	if (bytes) return [bytes.length === 4 ? ipv4 : ipv6, ...bytes];
	const name = Buffer.from(hostname).subarray(0, 255);
	return [domainName, name.length, ...name];
}

async function signIn(socket: Duplex, { username, password }: Login): Promise<void> {
	const user = Buffer.from(username).subarray(0, 255);
	const secret = Buffer.from(password.reveal()).subarray(0, 255);
	socket.write(Buffer.from([1, user.length, ...user, secret.length, ...secret]));
	const [, status] = await take(socket, 2);
	if (status !== 0) throw new ProbeFailure('proxy_auth_required', 'the SOCKS5 proxy refuses the login');
}

const replies = [
	'',
	'general failure',
	'not allowed',
	'network unreachable',
	'host unreachable',
	'connection refused',
	'TTL expired',
	'command not supported',
	'address type not supported',
];

const replyWord = (reply: number) => replies[reply] ?? `code ${reply}`;

/** Reads exactly `count` bytes and leaves what follows to the next reader. */
async function take(socket: Duplex, count: number): Promise<Buffer> {
	if (count === 0) return Buffer.alloc(0);
	return await new Promise((resolve, reject) => {
		const closed = () => done(() => reject(new ProbeFailure('proxy_error', 'the proxy closed the connection')));
		const failed = (error: Error) => {
			const reset = codeOf(error) === 'ECONNRESET';
			const reason = reset ? 'connection_reset' : 'proxy_error';
			done(() => reject(new ProbeFailure(reason, reset ? 'the proxy reset the connection' : codeOf(error))));
		};
		const read = () => {
			const chunk: unknown = socket.read(count);
			if (chunk instanceof Buffer) done(() => (chunk.length === count ? resolve(chunk) : closed()));
		};
		function done(then: () => void) {
			socket.off('readable', read).off('end', closed).off('close', closed).off('error', failed);
			then();
		}
		socket.on('readable', read).on('end', closed).on('close', closed).on('error', failed);
		read();
	});
}
