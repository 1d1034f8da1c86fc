import type { CauseRule } from './causeRule.ts';

/** The node's own doing, whoever is asked. */
const here = (why: string): CauseRule => ({ cause: 'node', proof: 'alone', why });
/** Likely something between this node and the host; the host itself could be down just as well. */
const way = (why: string): CauseRule => ({ cause: 'node', proof: 'others', spreads: true, why });
/** Likely the host; something before it could do the same. */
const hostOrWay = (why: string): CauseRule => ({ cause: 'registry', proof: 'others', spreads: true, why });
/** Likely the host, also where others fail alike. */
const host = (why: string): CauseRule => ({ cause: 'registry', proof: 'others', why });

/** Names, connections, proxies, TLS: how a host is reached. */
export const reachCauses = {
	dns_name_not_found: hostOrWay('the name may be mistyped, gone, or known only to other nameservers'),
	dns_no_address: hostOrWay('the name exists without an address that this node could use'),
	dns_server_failure: hostOrWay("the nameserver failed, or the domain's own nameservers did"),
	dns_refused: way('nameservers refuse clients that they do not know'),
	dns_timeout: way('packets to the nameserver are lost, or the domain does not answer it'),
	dns_unreachable: here("the node's nameserver cannot be reached, whatever name is asked for"),
	dns_truncated: way('DNS over TCP is blocked on the way to the nameserver'),
	dns_malformed: way('something in the way of DNS answers nonsense'),
	tcp_refused: host('a host that runs refuses where nothing listens; a firewall can do the same'),
	tcp_timeout: way('a firewall drops, a route is missing, or the host is gone'),
	tcp_unreachable: way('a router has no way to the host'),
	tcp_not_permitted: here("the node's own rules forbid it"),
	tcp_ports_exhausted: here('the node has no source port left'),
	proxy_unreachable: here("the proxy is a setting of this node's runtime"),
	proxy_timeout: way('the proxy waits for the host, or is stuck itself'),
	proxy_auth_required: here("the login for the proxy is a setting of this node's runtime"),
	proxy_denied: here("the proxy that this node's runtime is told to use forbids the host"),
	proxy_error: way('the proxy fails, or cannot reach the host'),
	tls_closed: hostOrWay('the host hangs up, or a filter on the way does'),
	tls_timeout: way('packets of the handshake are lost on the way'),
	tls_untrusted: way('this node lacks an authority, or something on the way shows its own certificate'),
	tls_expired: { cause: 'registry', proof: 'clock', why: 'its certificate ended, if the clock here is right' },
	tls_not_yet_valid: way('the clock of the node is behind, or the certificate was made too early'),
	tls_name_mismatch: hostOrWay('the host shows a certificate for another name, or another host answers'),
	tls_plaintext_server: host('it speaks plain HTTP where the runtime was told to use TLS'),
	tls_protocol_error: way('something other than the host answers'),
	tls_handshake_failed: host('host and runtime have no version or cipher in common'),
	tls_client_certificate_required: { cause: 'node', proof: 'others', why: 'this node has no certificate to show' },
	tls_large_hello_blocked: way('something on the way drops large packets'),
	connection_reset: hostOrWay('the host breaks off, or a filter on the way does'),
	node_config_unusable: here('the runtime fails over a file of this node before it sends anything'),
} as const satisfies Readonly<Record<string, CauseRule>>;
