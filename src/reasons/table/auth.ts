import type { Explanation } from '../explanation.ts';

const denied = 'pull access denied, repository does not exist or may require authorization';
const head = 'curl -sSI -m 10 {url}';

/** Who may pull. */
export const auth = {
	auth_challenge_unsupported: {
		title: 'the registry asks for a login in a way that no runtime understands',
		stages: ['challenge', 'manifest'],
		means:
			'{place} answers 401, but names no usable way to log in: no WWW-Authenticate header, an unknown scheme, or a realm that cannot be used. Pulls from it fail, with or without credentials.',
		prints: '{refusal}: 401 Unauthorized',
		remedy:
			'Correct the authentication of the registry: it must send `WWW-Authenticate: Bearer realm="https://…",service="…"` or `Basic`. A gateway in front may have replaced the header.',
		confirm: head,
		related: ['auth_required', 'http_intercepted'],
	},
	auth_required: {
		title: 'the registry wants credentials and there are none',
		stages: ['challenge', 'token', 'manifest', 'blob'],
		means:
			'{place} does not serve this image to anonymous clients, and no credentials are configured. Pulls without a matching pull secret fail.',
		prints: `failed to resolve image: ${denied}: authorization failed: no basic auth credentials`,
		printsAt: {
			token: '{refusal}: 401 Unauthorized',
			manifest: '{refusal}: 401 Unauthorized',
			blob: '{refusal}: 401 Unauthorized',
		},
		remedy:
			'Give the pod a pull secret for {registry} (imagePullSecrets, or those of its service account), or the node credentials of its own. The host in the secret must be the one in the image name.',
		confirm: head,
		related: ['auth_rejected', 'auth_denied'],
	},
	auth_rejected: {
		title: 'the credentials are rejected',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} refuses the user and password that were sent: expired, revoked or mistyped. Every pull with them fails.',
		prints: '{refusal}: 401 Unauthorized',
		printsAt: {
			token:
				'failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to {scheme}://{peer}/…: 401 Unauthorized',
		},
		remedy:
			'Renew the password or token and update the pull secret. Short-lived tokens (cloud registries) need something that renews them.',
		confirm: 'curl -sSI -m 10 -u USER {url}',
		related: ['auth_required', 'auth_denied'],
	},
	auth_denied: {
		title: 'access is denied',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} does not let this client, as it presented itself, pull {repository}. Many registries also answer so when the repository does not exist.',
		prints: `failed to resolve image: ${denied}: server message: insufficient_scope: authorization failed`,
		printsAt: { token: '{refusal}: 403 Forbidden', blob: '{refusal}: 403 Forbidden' },
		remedy:
			'Check the spelling of {repository}, then grant pull on it to the account in use. A firewall of the registry can say the same: read the message.',
		confirm: 'curl -sSI -m 10 -L -H "Authorization: Bearer $TOKEN" {source}',
		related: ['auth_required', 'repository_not_found', 'http_forbidden'],
	},
	auth_token_malformed: {
		title: 'the token service gives no usable token',
		stages: ['token'],
		means: '{place} answers, but without a token in it. Pulls that need it fail.',
		prints:
			'failed to resolve image: failed to authorize: failed to fetch anonymous token: authorization server did not include a token in the response',
		remedy:
			'Look at the token service: its answer must be JSON with `token` or `access_token` (with credentials, `access_token`).',
		confirm: head,
		related: ['http_intercepted'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
