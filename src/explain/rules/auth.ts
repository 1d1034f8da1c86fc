import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const asked = { stage: 'asked' } as const;
const challenge = { stage: 'challenge' } as const;
const words = { ...asked, body: true, from: sources.registryErrors } as const;

/** Who may pull, and how much. */
export const auth: readonly Rule[] = [
	{ ...challenge, says: /^no basic auth credentials$/, reason: 'auth_required', from: sources.authorizer },
	{
		...challenge,
		says: /^(?:no realm specified for token auth challenge|invalid token auth challenge realm|missing realm in bearer auth challenge|failed to find supported auth scheme)/,
		reason: 'auth_challenge_unsupported',
		from: sources.authorizer,
	},
	{ ...asked, says: /^insufficient_scope$/, reason: 'auth_denied', from: sources.measured },
	{ ...asked, says: /^invalid_token$/, reason: 'auth_rejected', from: sources.measured },
	{
		says: /^authorization server did not include a token in the response$/,
		reason: 'auth_token_malformed',
		stage: 'token',
		from: sources.authorizer,
	},
	// containers/image words every 401 of a token service so, an anonymous one too.
	{
		says: /^invalid username\/password$/,
		reason: null,
		open: ['auth_required', 'auth_rejected'],
		stage: 'token',
		from: sources.imageClient,
	},
	{ ...asked, says: /^too many requests(?: to registry)?$/, reason: 'rate_limited', from: sources.imageErrors },
	{ ...words, says: /^toomanyrequests$/, reason: 'rate_limited' },
	{ ...words, says: /^denied$/, reason: 'auth_denied' },
	{ ...words, says: /^requested access to the resource is denied$/, reason: 'auth_denied' },
];

/** Words of any 401: they do not tell whether credentials were missing, wrong, or could not be asked for. */
export const unauthorized: readonly Rule[] = [
	{
		...words,
		says: /^(?:unauthorized|authentication required)$/,
		reason: null,
		open: ['auth_required', 'auth_rejected', 'auth_challenge_unsupported', 'auth_token_malformed'],
	},
];
