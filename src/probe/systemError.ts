import type { Reason } from '../reasons/reason.ts';

/** The code of an error of Node, OpenSSL or undici: its innermost cause that has one. */
export function codeOf(error: unknown): string {
	let code = '';
	let at: unknown = error;
	for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
		if ('code' in at && typeof at.code === 'string') code = at.code;
		at = at.cause;
	}
	return code;
}

/** The agent has run out of something: never the target's fault (open(2), socket(2)). */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

export function isExhausted(error: unknown): boolean {
	return exhausted.has(codeOf(error));
}

/** What connect(2) says, in the contract's words; undefined for codes that connect does not give. */
const connectReasons: Readonly<Record<string, Reason>> = {
	ECONNREFUSED: 'tcp_refused',
	ETIMEDOUT: 'tcp_timeout',
	EHOSTUNREACH: 'tcp_unreachable',
	ENETUNREACH: 'tcp_unreachable',
	EHOSTDOWN: 'tcp_unreachable',
	ENETDOWN: 'tcp_unreachable',
	// A blackhole route answers EINVAL, an unsupported family EAFNOSUPPORT: there is no way to the address.
	EINVAL: 'tcp_unreachable',
	EAFNOSUPPORT: 'tcp_unreachable',
	EPROTO: 'tcp_unreachable',
	ENOPROTOOPT: 'tcp_unreachable',
	EACCES: 'tcp_not_permitted',
	EPERM: 'tcp_not_permitted',
	EADDRNOTAVAIL: 'tcp_ports_exhausted',
	EADDRINUSE: 'tcp_ports_exhausted',
};

export function connectReason(error: unknown): Reason {
	return isExhausted(error) ? 'agent_resources_exhausted' : (connectReasons[codeOf(error)] ?? 'unknown');
}
