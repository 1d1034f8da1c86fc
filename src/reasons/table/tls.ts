import type { Explanation } from '../explanation.ts';

const connect = 'openssl s_client -connect {authority} -servername {hostname} </dev/null';
const certificate = `${connect} 2>/dev/null | openssl x509 -noout`;
const verify = '{request}: tls: failed to verify certificate: x509: ';

/** The handshake and what the certificate is worth. */
export const tls = {
	tls_closed: {
		title: 'the server hangs up in the handshake',
		stages: ['tls'],
		means: 'The connection to {place} opens, then closes in the middle of the TLS handshake. Pulls that need it fail.',
		prints: '{request}: EOF',
		remedy:
			'Look at the TLS side of the server or load balancer: no backend, no certificate for this name, or a filter that closes by server name (SNI).',
		confirm: connect,
		related: ['connection_reset', 'tls_handshake_failed'],
	},
	tls_timeout: {
		title: 'the handshake gets no answer',
		stages: ['tls'],
		means:
			'{authority} accepts the connection, then is silent. A pull waits 10 s for every try; containerd 2.3 and newer tries five times.',
		prints: '{request}: net/http: TLS handshake timeout',
		remedy:
			'Look for a filter that swallows TLS by name, a path with a smaller MTU than the node believes, or an overloaded server.',
		confirm: connect,
		related: ['tls_large_hello_blocked', 'tcp_timeout'],
	},
	tls_untrusted: {
		title: 'the certificate is not trusted',
		stages: ['tls'],
		means:
			'The certificate of {place} is not signed by an authority that this node trusts. The runtime refuses it and pulls fail.',
		prints: verify + 'certificate signed by unknown authority',
		remedy:
			"If the issuer is your own authority or an intercepting proxy, add its certificate to the node's bundle (then restart the runtime) or name it as `ca` in the host's configuration. If the issuer is public, the server leaves out an intermediate certificate.",
		confirm: `${certificate} -subject -issuer`,
		related: ['tls_name_mismatch', 'node_config_unusable'],
	},
	tls_expired: {
		title: 'the certificate has expired',
		stages: ['tls'],
		means: 'A certificate of {place} is past its end. The runtime refuses it and pulls fail on every node alike.',
		prints: verify + 'certificate has expired or is not yet valid: current time … is after …',
		remedy: 'Renew the certificate on the server and reload it there. If only this node complains, its clock is wrong.',
		confirm: `date -u; ${certificate} -dates`,
		related: ['tls_not_yet_valid'],
	},
	tls_not_yet_valid: {
		title: 'the certificate is not valid yet',
		stages: ['tls'],
		means:
			"By this node's clock the certificate of {place} begins in the future. The runtime refuses it and pulls fail.",
		prints: verify + 'certificate has expired or is not yet valid: current time … is before …',
		remedy:
			"Set the node's clock (chrony, systemd-timesyncd): this is nearly always the node's own fault. Otherwise correct the certificate.",
		confirm: `date -u; ${certificate} -dates`,
		related: ['tls_expired'],
	},
	tls_name_mismatch: {
		title: 'the certificate is for another name',
		stages: ['tls'],
		means: '{authority} shows a certificate that does not name {hostname}. The runtime refuses it and pulls fail.',
		prints: verify + 'certificate is valid for …, not {hostname}',
		remedy:
			'Give the server a certificate with {hostname} among its subject alternative names (a common name alone is not enough), or use the name that it has. A name that belongs to nobody you know means that something else answers in its place.',
		confirm: `${certificate} -ext subjectAltName`,
		related: ['tls_untrusted', 'http_intercepted'],
	},
	tls_plaintext_server: {
		title: 'the server speaks plain HTTP',
		stages: ['tls'],
		means: '{authority} answers in plain HTTP where TLS is expected. Pulls that need {place} fail.',
		prints: '{request}: http: server gave HTTP response to HTTPS client',
		remedy:
			'Put TLS in front of the server, correct the port, or declare the endpoint with http:// in the configuration of the runtime.',
		confirm: 'curl -sSI -m 10 http://{authority}/v2/',
		related: ['tls_protocol_error'],
	},
	tls_protocol_error: {
		title: 'the server does not speak TLS',
		stages: ['tls'],
		means: 'What comes from {authority} is not TLS. Another service, or something in between, answers; pulls fail.',
		prints: '{request}: tls: first record does not look like a TLS handshake',
		remedy:
			'Correct the port, or find what answers in place of the registry. After a proxy: the proxy granted the connection and then sent a page of its own, which the runtime words as a TLS handshake timeout.',
		confirm: connect,
		related: ['tls_plaintext_server', 'http_protocol_error'],
	},
	tls_handshake_failed: {
		title: 'no common TLS version or cipher',
		stages: ['tls'],
		means:
			'The server ends the handshake with an alert: it shares no TLS version or cipher with the runtime, which takes TLS 1.2 and newer without RSA key exchange. Under TLS 1.2 it can also mean that a client certificate is missing.',
		prints: '{request}: remote error: tls: handshake failure',
		remedy:
			'Enable TLS 1.2 or 1.3 with ECDHE and AES-GCM on the server. If it wants a client certificate, configure one for this host.',
		confirm:
			"openssl s_client -connect {authority} -servername {hostname} -cipher 'ECDHE+AESGCM:ECDHE+CHACHA20' </dev/null",
		related: ['tls_client_certificate_required', 'tls_closed'],
	},
	tls_client_certificate_required: {
		title: 'the server wants a client certificate',
		stages: ['tls', 'manifest'],
		means: '{place} admits only clients with a certificate, and none was shown. Pulls that need it fail.',
		prints: '{request}: remote error: tls: certificate required',
		printsAt: { manifest: '{refusal}: 400 Bad Request' },
		remedy:
			"Configure the client certificate and key for this host: `client` in containerd's hosts.toml, or *.cert and *.key below /etc/containers/certs.d for CRI-O.",
		confirm: connect,
		related: ['tls_handshake_failed'],
	},
	tls_large_hello_blocked: {
		title: 'large handshakes are swallowed on the way',
		stages: ['tls'],
		means:
			'The first TLS message of newer runtimes is larger than one packet (post-quantum key share), and something before {place} drops it: a small one passes. Pulls hang in the handshake while older clients work.',
		prints: '{request}: net/http: TLS handshake timeout',
		remedy:
			"Update or correct the firewall or load balancer that cannot take a TLS hello in two packets. Until then, GODEBUG=tlsmlkem=0 in the runtime's service makes it small.",
		confirm: 'openssl s_client -connect {authority} -servername {hostname} -groups X25519 </dev/null',
		related: ['tls_timeout', 'connection_reset'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
