import type { Explanation } from '../explanation.ts';

const head = 'curl -sSI -m 10 {url}';

/** What comes back, or does not, once the connection stands. */
export const http = {
	http_timeout: {
		title: 'the request gets no answer',
		stages: ['challenge', 'token', 'manifest', 'blob'],
		means:
			'{place} takes the request and never answers. A pull by containerd 2.3 and newer waits 30 s for it; older ones wait without limit and the pod shows nothing.',
		prints: '{request}: net/http: timeout awaiting response headers',
		remedy: 'Look at the server behind {peer}: it is overloaded, or its own storage or database does not answer.',
		confirm: head,
		related: ['http_closed', 'body_stalled'],
	},
	http_closed: {
		title: 'the server hangs up without an answer',
		stages: ['challenge', 'token', 'manifest', 'blob'],
		means: '{place} closes the connection after the request instead of answering. Pulls that need it fail.',
		prints: '{request}: EOF',
		remedy:
			'Look at the load balancer and the backends of {peer}: mostly the backend crashes or is just being replaced.',
		confirm: head,
		related: ['connection_reset', 'http_timeout'],
	},
	http_protocol_error: {
		title: 'the answer is not valid HTTP',
		stages: ['challenge', 'token', 'manifest', 'blob'],
		means: 'What {place} answers is not HTTP that a client can read. Pulls that need it fail.',
		prints: '{request}: net/http: HTTP/1.x transport connection broken: malformed HTTP response …',
		remedy: 'Check that {authority} is the port of a registry, and what stands in between.',
		confirm: head,
		related: ['http_intercepted', 'tls_protocol_error'],
	},
	http_server_error: {
		title: 'the server reports an error of its own',
		stages: ['token', 'manifest', 'blob'],
		means: '{place} answers {answer}: the fault is on its side. Pulls that need it fail while that lasts.',
		prints: '{refusal}: {answer}',
		remedy:
			'Look at the status page of the registry, or at its logs if it is yours. Nothing on this node helps; a mirror that works would.',
		confirm: head,
		related: ['http_timeout', 'rate_limited'],
	},
	http_forbidden: {
		title: 'the server forbids access to this node',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} answers 403 without asking who is there: a firewall, a country block or an access list refuses this address. Pulls that need it fail.',
		prints: '{refusal}: 403 Forbidden',
		remedy:
			"Have the address by which this node goes out allowed there, or look for a filter in between that answers in the server's name.",
		confirm: head,
		related: ['auth_denied', 'http_intercepted'],
	},
	http_unexpected_status: {
		title: 'an answer that makes no sense here',
		stages: ['token', 'manifest', 'blob'],
		means: '{place} answers {answer}, which no registry should. Pulls that need it fail.',
		prints: '{refusal}: {answer}',
		remedy:
			'Check that {peer} is a registry and that the path prefix of a mirror is right; look for a filter in between.',
		confirm: head,
		related: ['http_intercepted', 'http_server_error'],
	},
	http_intercepted: {
		title: 'something else answers in place of the registry',
		stages: ['token', 'manifest', 'blob'],
		means:
			'A web page came where {place} should have answered: a captive portal, a filter, a login page. Pulls that need it fail, mostly with a misleading text.',
		prints: 'get image config descriptor: unexpected media type text/html for sha256:…: not found',
		printsAt: {
			token:
				"failed to resolve image: failed to authorize: failed to fetch anonymous token: unable to decode token response: invalid character '<' looking for beginning of value",
			blob: 'short read: expected … bytes but got …: unexpected EOF',
		},
		remedy:
			'Find who answers (its page and headers say) and have {authority} excepted, or correct the address if it was never a registry.',
		confirm: head,
		related: ['tls_name_mismatch', 'http_forbidden'],
	},
	redirect_loop: {
		title: 'redirects without end',
		stages: ['token', 'manifest', 'blob'],
		means: '{place} sends the request in a circle, or on too many times. Pulls that need it fail.',
		prints:
			'failed to resolve image: failed to do request: Head "/v2/{repository}/manifests/{reference}": stopped after 10 redirects',
		printsAt: {
			token:
				'failed to resolve image: failed to authorize: failed to fetch anonymous token: Get "…": stopped after 10 redirects',
			blob: 'failed to copy: httpReadSeeker: failed open: failed to do request: Get "…": stopped after 10 redirects',
		},
		remedy:
			"Correct the registry's external URL or the load balancer before it: often http and https redirect to each other.",
		confirm: head,
		related: ['redirect_refused'],
	},
	redirect_refused: {
		title: 'a redirect that leads nowhere or must not be followed',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} redirects without saying where to, or to an address that a registry has no business to name (link-local, metadata service, loopback). It was not followed.',
		prints: '{refusal}: 307 Temporary Redirect',
		remedy:
			"Correct the registry's external URL or its storage redirect. If you do not know the target, treat the registry as compromised until you do.",
		confirm: head,
		related: ['redirect_loop', 'http_intercepted'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
