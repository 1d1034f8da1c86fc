import { isRecord, parseJson } from './json.ts';
import type { Login } from './secret.ts';

/** Longer texts are no tokens. */
const mostCharacters = 32 * 1024;
/** Seconds since the epoch that can be meant: 2001 to 2286. */
const earliest = 1e9;
const latest = 1e10;

/**
 * When a login ends, in seconds since the epoch, where it says so itself: the claim `exp` of a password that is a JWT
 * (https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4; ACR, Google), or the `expiration` inside a password of Amazon
 * ECR. Nothing is verified: it is the registry that judges.
 */
export function loginExpiry({ username, password }: Login): number | undefined {
	const text = password.reveal();
	if (text.length > mostCharacters) return undefined;
	return username === 'AWS' ? timeIn(text, 'expiration') : jwtExpiry(text);
}

function jwtExpiry(text: string): number | undefined {
	const [, claims] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(text) ?? [];
	return claims === undefined ? undefined : timeIn(claims, 'exp');
}

/** The time under a name in JSON that was encoded as base64 or base64url. */
function timeIn(encoded: string, name: string): number | undefined {
	const value = parseJson(Buffer.from(encoded, 'base64').toString('utf8'));
	const time = isRecord(value) ? value[name] : undefined;
	return typeof time === 'number' && time >= earliest && time < latest ? Math.floor(time) : undefined;
}
