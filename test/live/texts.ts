/**
 * What the texts of runtimes say of the reason, the first row that matches. A text that says less than the truth has
 * several reasons; one that matches no row says nothing. All measured.
 */
const rows: readonly (readonly [text: RegExp, ...reasons: string[]])[] = [
	[/lookup \S+ on \S+: (dial|read) \S+ .*connection refused/, 'dns_unreachable'],
	[/no such host/, 'dns_name_not_found', 'dns_no_address'],
	[/server misbehaving/, 'dns_server_failure', 'dns_refused'],
	[/lookup .*i\/o timeout/, 'dns_timeout'],
	[/proxyconnect/, 'proxy_unreachable'],
	[/Proxy Authentication Required/, 'proxy_auth_required'],
	[/: Forbidden$/, 'proxy_denied'],
	[/: Service Unavailable$/, 'proxy_error'],
	[/connection refused/, 'tcp_refused'],
	[/dial tcp .*i\/o timeout/, 'tcp_timeout'],
	[/TLS handshake timeout/, 'tls_timeout'],
	[/certificate has expired/, 'tls_expired'],
	[/x509: certificate is valid for/, 'tls_name_mismatch'],
	[/certificate signed by unknown authority/, 'tls_untrusted'],
	[/server gave HTTP response to HTTPS client/, 'tls_plaintext_server'],
	[/first record does not look like a TLS handshake/, 'tls_protocol_error', 'tls_plaintext_server'],
	[/certificate required|bad certificate/, 'tls_client_certificate_required'],
	[/unable to (read|load) (CA cert|client)|failed to load|no such file or directory/, 'node_config_unusable'],
	[/stopped after 10 redirects/, 'redirect_loop'],
	[/fetch (anonymous|oauth) token.*401/, 'auth_rejected', 'auth_denied', 'auth_required'],
	[/fetch (anonymous|oauth) token.*5\d\d/, 'http_server_error'],
	[/authorization server did not include a token/, 'auth_token_malformed'],
	[/no basic auth credentials/, 'auth_required', 'auth_challenge_unsupported'],
	[/429|toomanyrequests/i, 'rate_limited', 'rate_limited_abuse'],
	[/no match for platform|no image found in (manifest list|image index)/, 'platform_not_found'],
	[/50[0234] /, 'http_server_error'],
	[/403 Forbidden|denied: /, 'http_forbidden', 'auth_denied'],
	[/401 Unauthorized|unauthorized: /, 'auth_required', 'auth_rejected', 'auth_denied'],
	[/unexpected media type text\/html/, 'http_intercepted'],
	[/manifest unknown/, 'manifest_not_found', 'repository_not_found'],
	[/(blobs|layer).* not found|blob unknown/, 'blob_not_found', 'manifest_not_found'],
	[/not found$/, 'manifest_not_found', 'repository_not_found', 'blob_not_found', 'http_unexpected_status'],
	[/unexpected commit digest|failed size validation|Digest did not match/, 'digest_mismatch'],
	[/connection reset/, 'connection_reset'],
	[/unexpected EOF|short read/, 'body_truncated'],
	[/EOF$/, 'tls_closed', 'http_closed'],
];

/** The reasons that a text can mean; undefined when it names none. */
export function reasonsOf(text: string): readonly string[] | undefined {
	const [, ...reasons] = rows.find(([pattern]) => pattern.test(text)) ?? [];
	return reasons.length > 0 ? reasons : undefined;
}
