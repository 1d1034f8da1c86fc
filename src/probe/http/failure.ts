import { isAlert, readTlsError } from '../handshake/alert.ts';
import { ProbeFailure } from '../stage.ts';
import { codeOf, isExhausted } from '../systemError.ts';
import type { BodyEnd } from './answer.ts';

/** The server sends informational answers without end. */
export class TooManyInformational extends ProbeFailure {
	constructor() {
		super('http_protocol_error', 'informational answers without end');
	}
}

/** What comes is no answer, and there is no end of it. */
export class Flooded extends ProbeFailure {
	constructor() {
		super('http_protocol_error', 'bytes without end that are no answer');
	}
}

/** The connection is gone and no other may be made for it. */
export class ConnectionSpent extends Error {
	readonly code = 'EOF';
}

/** Why no answer came: the error of Node, OpenSSL or undici in the contract's words. */
export function headFailure(error: unknown): ProbeFailure {
	if (error instanceof ProbeFailure) return error;
	const cause = { cause: error };
	const code = codeOf(error);
	if (isExhausted(error)) return new ProbeFailure('agent_resources_exhausted', code, {}, cause);
	if (isAlert(error)) {
		const fault = readTlsError(error);
		const { reason, detail } = fault === 'look' ? { reason: 'tls_protocol_error' as const, detail: code } : fault;
		return new ProbeFailure(reason, detail, {}, { ...cause, belongsTo: 'tls' });
	}
	if (code === 'ECONNRESET' && isSystemCall(error)) {
		return new ProbeFailure('connection_reset', 'the connection was reset instead of an answer', {}, cause);
	}
	if (code === 'ETIMEDOUT') return new ProbeFailure('http_timeout', 'the connection went silent', {}, cause);
	if (isMalformed(error, code)) return new ProbeFailure('http_protocol_error', 'the answer is not HTTP', {}, cause);
	return new ProbeFailure('http_closed', 'the connection was closed without an answer', {}, cause);
}

/** How a body ended that an error cut short. */
export function bodyEndOf(error: unknown): BodyEnd {
	const code = codeOf(error);
	if (code === 'ECONNRESET' && isSystemCall(error)) return 'reset';
	return isMalformed(error, code) ? 'malformed' : 'truncated';
}

/** Node gives a FIN inside TLS the code ECONNRESET too, then without a system call. */
function isSystemCall(error: unknown): boolean {
	return error instanceof Error && 'syscall' in error && error.syscall !== undefined;
}

function isMalformed(error: unknown, code: string): boolean {
	if (code === 'HPE_INVALID_EOF_STATE') return false;
	if (/^(HPE_|ERR_SSL_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_INVALID|UND_ERR_RES_CONTENT_LENGTH)/.test(code)) return true;
	return (
		error instanceof Error &&
		(error.name === 'HTTPParserError' || error.message === 'bad response' || error.message === 'bad upgrade')
	);
}
