/** The registry, or its token service, has answered: the way there is open. */
export const answeredReasons = [
	'auth_challenge_unsupported',
	'auth_required',
	'auth_rejected',
	'auth_denied',
	'auth_token_malformed',
	'rate_limited',
	'rate_limited_abuse',
	'repository_not_found',
	'manifest_not_found',
	'manifest_invalid',
	'platform_not_found',
	'blob_not_found',
	'digest_mismatch',
] as const;

/** Every reason that a stage can fail for. A closed list: the words are label values that dashboards and alerts hold on to. */
export const probeReasons = [
	'dns_name_not_found',
	'dns_no_address',
	'dns_server_failure',
	'dns_refused',
	'dns_timeout',
	'dns_unreachable',
	'dns_truncated',
	'dns_malformed',
	'tcp_refused',
	'tcp_timeout',
	'tcp_unreachable',
	'tcp_not_permitted',
	'tcp_ports_exhausted',
	'proxy_unreachable',
	'proxy_timeout',
	'proxy_auth_required',
	'proxy_denied',
	'proxy_error',
	'tls_closed',
	'tls_timeout',
	'tls_untrusted',
	'tls_expired',
	'tls_not_yet_valid',
	'tls_name_mismatch',
	'tls_plaintext_server',
	'tls_protocol_error',
	'tls_handshake_failed',
	'tls_client_certificate_required',
	'tls_large_hello_blocked',
	'http_timeout',
	'http_closed',
	'http_protocol_error',
	'http_server_error',
	'http_forbidden',
	'http_unexpected_status',
	'http_intercepted',
	'redirect_loop',
	'redirect_refused',
	...answeredReasons,
	'body_truncated',
	'body_stalled',
	'connection_reset',
	'agent_resources_exhausted',
	'node_config_unusable',
	'cancelled',
	'unknown',
] as const;

export type Reason = (typeof probeReasons)[number];

/** Reasons that only a message of kubelet or a runtime can tell: no stage of a probe fails for them. */
export const messageReasons = [
	'invalid_reference',
	'pull_throttled_by_kubelet',
	'node_disk_full',
	'policy_blocked',
	'pull_never',
	'pull_slots_blocked',
] as const;

export type MessageReason = (typeof messageReasons)[number];

/** Every word that `explanations` has an entry for. */
export type AnyReason = Reason | MessageReason;

const words: ReadonlySet<string> = new Set([...probeReasons, ...messageReasons]);

export function isReason(word: string): word is AnyReason {
	return words.has(word);
}
