import { isIP } from 'node:net';

import { Wrong } from './fault.ts';

/** Where the agent listens. */
export interface ListenAddress {
	/** An address without brackets, or a host name; `::` takes both families. */
	readonly host: string;
	/** 0 takes any free port. */
	readonly port: number;
}

const example = "write for example '[::]:9917', 127.0.0.1:9917 or :9917";

/** `[::]:9917`, `127.0.0.1:9917`, `localhost:9917`; `:9917` and a bare port number mean all addresses. */
export function readListen(value: unknown): ListenAddress | Wrong {
	const text = typeof value === 'number' ? `:${value}` : typeof value === 'string' ? value : '';
	const [, bracketed, plain, digits] = /^(?:\[([^\]]{1,45})\]|([^:[\]\s/@]{0,253})):(\d{1,5})$/.exec(text) ?? [];
	if (digits === undefined) return new Wrong('is not an address to listen on', example);
	if (Number(digits) > 65_535) return new Wrong('has no port between 0 and 65535', example);
	if (bracketed !== undefined && isIP(bracketed) !== 6)
		return new Wrong('has no IPv6 address in its brackets', example);
	return { host: bracketed ?? (plain || '::'), port: Number(digits) };
}
