import type { BearerChallenge } from './challenge.ts';
import { isRecord, parseJson } from './json.ts';

/** The token service answered with something that holds no usable token. The message never repeats the answer. */
export class TokenMalformed extends Error {
	override readonly name = 'TokenMalformed';
}

/** The answer of a token service (https://distribution.github.io/distribution/spec/auth/token/). */
export interface TokenAnswer {
	/** Secret: printable ASCII, fit for an `Authorization` header. */
	readonly token: string;
	/** Secrets beside it: the one that was not taken, and one to refresh it with. */
	readonly others: readonly string[];
	/** Seconds that the service promises; absent when it says nothing, or nothing above zero. At most ten years. */
	readonly lifetimeSeconds?: number;
}

const maximumLifetime = 10 * 365 * 86_400;

/**
 * The request for a token to pull `repository`, as containerd's GET asks: the realm with its own query, one `scope`
 * for the repository and one for each of the challenge, sorted and without doubles, and the service when it has a
 * name. A login within the realm is dropped.
 */
export function tokenUrl(challenge: Pick<BearerChallenge, 'realm' | 'service' | 'scopes'>, repository: string): URL {
	const url = new URL(challenge.realm);
	url.username = '';
	url.password = '';
	url.hash = '';
	const scopes = new Set([`repository:${repository}:pull`, ...challenge.scopes]);
	for (const scope of [...scopes].sort()) url.searchParams.append('scope', scope);
	if (challenge.service) url.searchParams.append('service', challenge.service);
	url.searchParams.sort();
	return url;
}

/** The token of an answer's body; `access_token` goes before `token`. Throws `TokenMalformed`. */
export function readToken(body: string): TokenAnswer {
	const answer = parseJson(body);
	if (answer === undefined) throw new TokenMalformed('the answer of the token service is not JSON');
	if (!isRecord(answer)) throw new TokenMalformed('the answer of the token service is not a JSON object');
	const token = tokenField(answer, 'access_token') || tokenField(answer, 'token');
	if (token === '') throw new TokenMalformed('the answer of the token service has neither "token" nor "access_token"');
	if (!/^[ -~]+$/.test(token)) throw new TokenMalformed('the token has characters that no header may carry');
	const lifetimeSeconds = lifetime(answer['expires_in']);
	const others = [answer['token'], answer['refresh_token']]
		.filter((text) => typeof text === 'string')
		.filter((text) => text !== '' && text !== token);
	return { token, others, ...(lifetimeSeconds !== undefined && { lifetimeSeconds }) };
}

/**
 * The time at which a token expires, in seconds since the epoch, when it is a JSON Web Token that says so. Nothing is
 * verified; undefined for any other token.
 */
export function readJwtExpiry(token: string): number | undefined {
	const parts = token.split('.', 4);
	const payload = parts[1];
	if (parts.length !== 3 || !payload) return undefined;
	const claims = parseJson(Buffer.from(payload, 'base64url').toString());
	const expiry = isRecord(claims) ? claims['exp'] : undefined;
	return typeof expiry === 'number' && expiry > 0 && expiry <= Number.MAX_SAFE_INTEGER ? expiry : undefined;
}

function tokenField(answer: Readonly<Record<string, unknown>>, name: string): string {
	const value = answer[name] ?? '';
	if (typeof value !== 'string') throw new TokenMalformed(`"${name}" in the answer of the token service is not a text`);
	return value;
}

function lifetime(value: unknown): number | undefined {
	const seconds = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
	return typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, maximumLifetime) : undefined;
}
