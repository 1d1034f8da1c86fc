import type { Explanation } from '../explanation.ts';

const ask = 'curl -sSI -m 10 -x {proxy} {url}';

/** Reaching and asking the proxy in front of a host. */
export const proxy = {
	proxy_unreachable: {
		title: 'the proxy cannot be reached',
		stages: ['proxy'],
		means:
			'The proxy {proxy} does not answer: its name, its port or its own TLS is at fault. Every pull that goes through it fails, whatever the registry.',
		prints: '{request}: proxyconnect tcp: dial tcp {proxyAuthority}: …',
		remedy:
			"Start the proxy or let this node reach it. If the address is wrong, correct HTTPS_PROXY in the runtime's service and restart the runtime; hosts that need no proxy belong in NO_PROXY.",
		confirm: ask,
		related: ['proxy_timeout', 'tcp_timeout'],
	},
	proxy_timeout: {
		title: 'the proxy accepts and then says nothing',
		stages: ['proxy'],
		means:
			'The proxy {proxy} takes the connection but does not answer the request to reach {peer}. Pulls hang for a minute, then fail with a text that does not name the proxy.',
		prints: '{request}: context deadline exceeded',
		remedy: "Look at the proxy's load, and at whether it can resolve and reach {authority} itself.",
		confirm: ask,
		related: ['proxy_error', 'tls_timeout'],
	},
	proxy_auth_required: {
		title: 'the proxy wants a login',
		stages: ['proxy'],
		means: 'The proxy {proxy} answers 407: it got no login or a wrong one. Every pull that goes through it fails.',
		prints: '{request}: Proxy Authentication Required',
		remedy:
			"Put a valid user and password into HTTPS_PROXY of the runtime's service and restart the runtime, or let the proxy admit this node by address.",
		confirm: ask,
		related: ['proxy_denied'],
	},
	proxy_denied: {
		title: 'the proxy forbids this host',
		stages: ['proxy'],
		means: 'The proxy {proxy} refuses to open a way to {authority}. Pulls that need {place} fail at once.',
		prints: '{request}: Forbidden',
		remedy:
			"Allow {authority} in the proxy's rules, for CONNECT too. If the host is inside the network, put it into NO_PROXY of the runtime's service.",
		confirm: ask,
		related: ['proxy_auth_required', 'http_forbidden'],
	},
	proxy_error: {
		title: 'the proxy fails',
		stages: ['proxy'],
		means:
			'The proxy {proxy} answers with an error, or with something that is not a proxy answer. Pulls that need {place} fail.',
		prints: '{request}: Bad Gateway',
		remedy:
			'Look at the log of the proxy: mostly it cannot resolve or reach {authority} itself. Check that the port in HTTPS_PROXY is that of a proxy and the scheme is right.',
		confirm: ask,
		related: ['proxy_unreachable', 'http_server_error'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
