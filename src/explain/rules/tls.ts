import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const stage = 'tls';
const x509 = { inside: 'certificate', stage, from: sources.verify } as const;
const alert = { inside: 'alert', stage, from: sources.alert } as const;

/** The certificate, as Go's verification words it. */
const certificate: readonly Rule[] = [
	{ ...x509, says: /^current time \S+ is after /, reason: 'tls_expired' },
	{ ...x509, says: /^current time \S+ is before /, reason: 'tls_not_yet_valid' },
	{
		...x509,
		says: /^certificate has expired or is not yet valid/,
		reason: null,
		open: ['tls_expired', 'tls_not_yet_valid'],
	},
	{ ...x509, says: /^certificate is (?:valid for|not valid for any names)/, reason: 'tls_name_mismatch' },
	{ ...x509, says: /^certificate relies on legacy Common Name field/, reason: 'tls_name_mismatch' },
	{ ...x509, says: /^cannot validate certificate for .* doesn't contain any IP SANs/, reason: 'tls_name_mismatch' },
	{ ...x509, says: /^certificate signed by unknown authority/, reason: 'tls_untrusted' },
	{ ...x509, says: /^certificate (?:is not authorized|specifies an incompatible key usage)/, reason: 'tls_untrusted' },
	{
		...x509,
		says: /^(?:a root or intermediate certificate|issuer name does not match|too many intermediates)/,
		reason: 'tls_untrusted',
	},
	{
		...x509,
		says: /^(?:unhandled critical extension|issuer has name constraints|no valid chains built|cannot verify signature|invalid signature)/,
		reason: 'tls_untrusted',
	},
];

/** The handshake. */
const handshake: readonly Rule[] = [
	// As in the handshake of our own: a server says so when it wanted a certificate of the client.
	{
		...alert,
		says: /^(?:certificate required|bad certificate|unknown certificate(?: authority)?)$/,
		reason: 'tls_client_certificate_required',
	},
	{ ...alert, says: /^(?!tls$)/, reason: 'tls_handshake_failed' },
	{ says: /^TLS handshake timeout$/, reason: 'tls_timeout', stage, from: sources.transport },
	{
		says: /^server gave HTTP response to HTTPS client$/,
		reason: 'tls_plaintext_server',
		stage,
		from: sources.transport,
	},
	{
		says: /^first record does not look like a TLS handshake$/,
		reason: 'tls_protocol_error',
		stage,
		from: sources.handshake,
	},
	{
		says: /^(?:oversized record received|unsupported SSLv2 handshake received)/,
		reason: 'tls_protocol_error',
		stage,
		from: sources.handshake,
	},
	{
		says: /^server selected unsupported protocol version /,
		reason: 'tls_handshake_failed',
		stage,
		from: sources.handshake,
	},
	{
		says: /^server chose an unconfigured cipher suite$/,
		reason: 'tls_handshake_failed',
		stage,
		from: sources.handshake,
	},
];

/** Between the connection and the first request. */
export const tls: readonly Rule[] = [...certificate, ...handshake];
