import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';

/** Where to listen. */
export interface ListenAddress {
	/** An address without brackets, or a name; `::` takes both families, IPv4 alone on a node without IPv6. */
	readonly host: string;
	/** 0 takes any free port. */
	readonly port: number;
}

/** The address cannot be listened on: the port is taken, or not allowed. The message is for people. */
export class ListenFailed extends Error {
	override readonly name = 'ListenFailed';
}

/** Makes the server listen and tells where it does; throws `ListenFailed`. */
export async function listen(server: Server, at: ListenAddress): Promise<ListenAddress> {
	try {
		return await tryToListen(server, at);
	} catch (error) {
		if (at.host === '::' && withoutIPv6.has(codeOf(error))) return listen(server, { ...at, host: '0.0.0.0' });
		const why = meanings[codeOf(error)] ?? codeOf(error);
		throw new ListenFailed(`cannot listen on ${formatAddress(at)}: ${why}`, { cause: error });
	}
}

/** `[::]:9917`, `127.0.0.1:9917`. */
export function formatAddress({ host, port }: ListenAddress): string {
	return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

const withoutIPv6: ReadonlySet<string> = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

const meanings: Readonly<Record<string, string>> = {
	EADDRINUSE: 'the port is taken',
	EACCES: 'the port is not permitted to this user',
	EADDRNOTAVAIL: 'the address is not on this machine',
	ENOTFOUND: 'the name is not known',
};

async function tryToListen(server: Server, { host, port }: ListenAddress): Promise<ListenAddress> {
	server.listen({ host, port });
	await once(server, 'listening');
	const bound = server.address();
	return isAddressInfo(bound) ? { host: bound.address, port: bound.port } : { host, port };
}

function isAddressInfo(bound: AddressInfo | string | null): bound is AddressInfo {
	return typeof bound === 'object' && bound !== null;
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
