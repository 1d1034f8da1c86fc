import type { Explanation } from '../explanation.ts';

const head = 'curl -sSI -m 10 {url}';

/** What the registry grants per time. */
export const limits = {
	rate_limited: {
		title: 'the quota is used up',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} answers 429: whoever it counts this node as (address or account) has used up its quota. Pulls fail until it refills, on all nodes behind the same address.',
		prints: '{refusal}: 429 Too Many Requests',
		remedy:
			'Pull with an account that has a larger quota, put a pull-through mirror in between, or wait for the window to pass. Find who uses it up: pods that restart with imagePullPolicy Always, or other machines behind the same address.',
		confirm: head,
		related: ['rate_limited_abuse'],
	},
	rate_limited_abuse: {
		title: 'the abuse guard of the registry blocks this address',
		stages: ['token', 'manifest', 'blob'],
		means:
			'{place} answers 429 because too many requests came from this address in a short time. This is not the pull quota: an account does not help.',
		prints: '{refusal}: 429 Too Many Requests',
		remedy:
			'Find what sends so many requests from behind this address and stop it; the block ends some minutes later. A pull-through mirror keeps it from coming back.',
		confirm: head,
		related: ['rate_limited'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
