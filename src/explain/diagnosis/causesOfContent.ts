import type { CauseRule } from './causeRule.ts';

const registry = (why: string): CauseRule => ({ cause: 'registry', proof: 'alone', why });
/** Likely the registry; the way could do it too, and does where all fail alike. */
const registryOrWay = (why: string): CauseRule => ({ cause: 'registry', proof: 'others', spreads: true, why });
const likely = (cause: CauseRule['cause'], why: string): CauseRule => ({ cause, proof: 'others', why });
/** Some registries say so to everybody who may not see the image: then it is a matter of the login. */
const image = (why: string): CauseRule => ({ cause: 'image', proof: 'words', why });
const limit = (why: string): CauseRule => ({ cause: 'rate_limit', proof: 'words', why });

/** Answers, logins, limits and contents: what a host does when it is reached. */
export const contentCauses = {
	http_timeout: registryOrWay('it takes the request and does not answer; large packets could be lost too'),
	http_closed: registryOrWay('it hangs up instead of an answer, or a filter on the way does'),
	http_protocol_error: registryOrWay('what came is no HTTP, from whomever'),
	http_server_error: registry('it says itself that it failed'),
	http_forbidden: likely('registry', 'it keeps this address out, or the login lacks the right'),
	http_unexpected_status: likely('registry', 'the answer makes no sense for a registry'),
	http_intercepted: {
		cause: 'node',
		proof: 'others',
		spreads: true,
		why: 'a portal or filter on the way answers in its place',
	},
	redirect_loop: registry('its redirects lead in a circle'),
	redirect_refused: registry('it sends clients where they must not go'),
	auth_challenge_unsupported: registry('it asks for a login in a way that no runtime understands'),
	auth_required: {
		cause: 'credentials',
		proof: 'words',
		at: ['challenge', 'token'],
		why: 'it gives nothing without a login; after a token was given, an unknown repository can look alike',
	},
	auth_rejected: { cause: 'credentials', proof: 'words', why: 'it does not take the login' },
	auth_denied: likely('credentials', 'the login lacks the right, or there is no such repository: many do not tell'),
	auth_token_malformed: registry('its token service gives no token'),
	rate_limited: limit('it counts this address or account'),
	rate_limited_abuse: limit('its abuse guard blocks this address'),
	repository_not_found: image('it answers that there is no such repository'),
	manifest_not_found: image('it answers that there is no such tag or digest'),
	manifest_invalid: { cause: 'image', proof: 'alone', why: 'what is stored under the name is no image to any runtime' },
	platform_not_found: { cause: 'image', proof: 'alone', why: 'the index has nothing for this platform' },
	blob_not_found: registry('it has the manifest and lost the layer'),
	digest_mismatch: registryOrWay('the layer is damaged, there or on the way'),
	body_truncated: registryOrWay('the download ends early, there or on the way'),
	body_stalled: registryOrWay('the download stops, there or on the way'),
} as const satisfies Readonly<Record<string, CauseRule>>;
