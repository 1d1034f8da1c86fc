import type { Reason } from '../../reasons/reason.ts';
import { codeOf } from '../systemError.ts';

/** What an error of a TLS connection means. `look`: what the server sent instead decides. */
export type TlsFault = { readonly reason: Reason; readonly detail: string } | 'look';

/** Alerts that a server sends when it wanted a client certificate; bad_certificate because we sent none that could be bad. */
const certificateAlerts =
	/ALERT_(BAD_CERTIFICATE|CERTIFICATE_REQUIRED|UNKNOWN_CA|NO_CERTIFICATE|CERTIFICATE_UNKNOWN)|CERTIFICATE_REQUIRED$/;

/** Whether an error carries a TLS alert of the other side (https://www.rfc-editor.org/rfc/rfc8446#section-6). */
export function isAlert(error: unknown): boolean {
	return /^ERR_SSL_.*ALERT/.test(codeOf(error));
}

/** Reads an error that ended a handshake, or a connection before its first answer. */
export function readTlsError(error: unknown): TlsFault {
	const code = codeOf(error);
	if (isAlert(error)) {
		const words = alertWords(code);
		if (certificateAlerts.test(code)) {
			return {
				reason: 'tls_client_certificate_required',
				detail: `the server wants a client certificate (alert: ${words})`,
			};
		}
		return { reason: 'tls_handshake_failed', detail: `the server refused (alert: ${words})` };
	}
	if (code === 'EOF' || code === 'EPIPE') return { reason: 'tls_closed', detail: 'the server closed the connection' };
	if (code === 'ECONNRESET') {
		// Node gives FIN this code too, then without a system call.
		const reset = error instanceof Error && 'syscall' in error && error.syscall !== undefined;
		if (!reset) return { reason: 'tls_closed', detail: 'the server closed the connection' };
		return { reason: 'connection_reset', detail: 'the connection was reset in the handshake' };
	}
	if (code === 'ETIMEDOUT') return { reason: 'tls_timeout', detail: 'the connection went silent in the handshake' };
	return 'look';
}

/** Judges by the first bytes that came instead of a handshake. */
export function readFirstBytes(first: Buffer, error: unknown): Exclude<TlsFault, 'look'> {
	const text = first.toString('latin1');
	if (/^HTTP\/\d/.test(text)) return { reason: 'tls_plaintext_server', detail: 'the server speaks HTTP without TLS' };
	const looksLikeTls = (first[0] === 0x16 || first[0] === 0x15) && first[1] === 0x03;
	const code = alertWords(codeOf(error));
	if (looksLikeTls && code === 'excessive message size') {
		return { reason: 'tls_handshake_failed', detail: 'the server sends certificates of more than 100 KiB' };
	}
	if (looksLikeTls && !/wrong version number|packet length|bad record|decrypt/.test(code)) {
		return { reason: 'tls_handshake_failed', detail: `nothing in common with the server (${code})` };
	}
	return { reason: 'tls_protocol_error', detail: `what the server sends is not TLS (${code})` };
}

function alertWords(code: string): string {
	const words = code
		.replace(/^ERR_SSL_/, '')
		.replace(/^(TLSV\d+|SSLV\d)_ALERT_/, '')
		.replace(/^TLSV13_ALERT_/, '');
	return words.toLowerCase().replaceAll('_', ' ');
}
