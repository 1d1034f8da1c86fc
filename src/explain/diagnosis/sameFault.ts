import type { AnyReason } from '../../reasons/reason.ts';
import type { Sighting } from './sighting.ts';
import type { Reading } from '../reading.ts';

/**
 * Words that stand for several faults: what a runtime says (left) may be what a probe, which looks closer, calls otherwise
 * (right). Measured: one fault was put before runtimes and probe.
 */
const alike: Readonly<Partial<Record<AnyReason, readonly AnyReason[]>>> = {
	// "no such host", "server misbehaving", "i/o timeout" of a look-up
	dns_name_not_found: ['dns_no_address'],
	dns_server_failure: ['dns_refused', 'dns_malformed', 'dns_truncated'],
	dns_timeout: ['dns_unreachable', 'dns_truncated'],
	dns_refused: ['dns_unreachable'],
	dns_unreachable: ['dns_truncated', 'dns_timeout'],
	tcp_timeout: ['tcp_unreachable', 'tcp_not_permitted'],
	tcp_unreachable: ['tcp_timeout'],
	// A proxy that cannot reach the host says so in many ways, or hangs up.
	proxy_error: ['proxy_timeout', 'proxy_denied', 'proxy_unreachable'],
	proxy_denied: ['proxy_error'],
	proxy_timeout: ['proxy_error', 'proxy_unreachable'],
	proxy_unreachable: ['proxy_error', 'proxy_denied', 'proxy_auth_required'],
	// A page in place of a handshake is waited out, an alert has few words.
	tls_timeout: ['tls_large_hello_blocked', 'tls_protocol_error', 'proxy_timeout'],
	tls_handshake_failed: ['tls_client_certificate_required'],
	tls_closed: ['http_closed', 'connection_reset'],
	http_closed: ['tls_closed', 'connection_reset'],
	connection_reset: ['tls_closed', 'http_closed'],
	http_forbidden: ['auth_denied'],
	manifest_not_found: ['repository_not_found', 'http_intercepted'],
	repository_not_found: ['manifest_not_found'],
	body_truncated: ['http_intercepted', 'digest_mismatch', 'connection_reset'],
	digest_mismatch: ['http_intercepted', 'body_truncated'],
	// The runtime gave up what came too slowly, or not at all.
	cancelled: ['body_stalled', 'http_timeout'],
	rate_limited: ['rate_limited_abuse'],
	rate_limited_abuse: ['rate_limited'],
};

/** Whether a probe meets the fault that the kubelet's words tell of: a reason that fits them, at the same place. */
export function isSameFault(words: Reading, seen: Sighting): boolean {
	return fits(words, seen.reason) && isSamePlace(words, seen);
}

function fits({ reason, open }: Reading, seen: AnyReason): boolean {
	const told = reason === null ? open : [reason];
	return told.some((word) => word === seen || alike[word]?.includes(seen) === true);
}

/** As far as the words name a place: the host, else the role. */
function isSamePlace({ host, role }: Reading, seen: Sighting): boolean {
	if (host !== undefined) return host === seen.host;
	return role === undefined || role === seen.role;
}
