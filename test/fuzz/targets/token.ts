import { loginExpiry } from '../../../src/registry/loginExpiry.ts';
import { Secret } from '../../../src/registry/secret.ts';
import { readJwtExpiry, readToken, TokenMalformed } from '../../../src/registry/token.ts';
import { allowing, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	const found = allowing(() => readToken(text), TokenMalformed);
	if (found instanceof TokenMalformed) {
		mustPrint(found.message, 120);
		return [found.message, ...ends(text)];
	}
	const { token, lifetimeSeconds } = found;
	must(/^[ -~]+$/.test(token), 'a token that no header can carry');
	const lifetime = lifetimeSeconds ?? 1;
	must(Number.isFinite(lifetime) && lifetime > 0 && lifetime <= 315_360_000, 'a lifetime that is none');
	return [`token ${lifetimeSeconds !== undefined}`, ...ends(token)];
}

function ends(text: string): readonly string[] {
	const expiry = readJwtExpiry(text);
	must(expiry === undefined || (expiry > 0 && Number.isFinite(expiry)), 'an expiry that is no time');
	const logins = ['AWS', '00000000-0000-0000-0000-000000000000'].map((username) =>
		loginExpiry({ username, password: new Secret(text) }),
	);
	must(
		logins.every((end) => end === undefined || Number.isSafeInteger(end)),
		'an end of a login that is no time',
	);
	return [`expiry ${expiry !== undefined} ${logins.map((end) => end !== undefined).join()}`];
}

export const target: Target = {
	name: 'token',
	source: 'src/registry/token.ts, loginExpiry.ts',
	writer: 'a token service',
	shape: 'json',
	seeds: [
		JSON.stringify({ token: jwt({ exp: 1_800_000_000 }), expires_in: 300, issued_at: '2026-11-21T00:00:00Z' }),
		JSON.stringify({ access_token: 'abc', token: '', expires_in: '60' }),
		JSON.stringify({ errors: [] }),
		jwt({ exp: 1_800_000_000 }),
		Buffer.from(JSON.stringify({ expiration: 1_800_000_000 })).toString('base64'),
	],
	words: ['token', 'access_token', 'expires_in', 'exp', 'expiration', '.', 'e30', 'eyJleHAiOjE4MDAwMDAwMDB9'],
	check,
};
