import { type Login, Secret } from './secret.ts';

/**
 * The login in the field `auth` of a docker configuration: base64 of `user:password`, with or without padding, split at
 * the first colon. Undefined when it is no such thing, or names no user.
 */
export function decodeAuth(auth: string): Login | undefined {
	const encoded = auth.replace(/[\r\n]/g, '');
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
	if (encoded.endsWith('=') ? encoded.length % 4 !== 0 : encoded.length % 4 === 1) return undefined;
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	if (colon < 1) return undefined;
	return { username: text.slice(0, colon), password: new Secret(withoutFilling(text.slice(colon + 1))) };
}

/** Some tools fill the password up with zero bytes. */
function withoutFilling(password: string): string {
	let end = password.length;
	while (end > 0 && password[end - 1] === '\0') end--;
	return password.slice(0, end);
}

/** Whether a value is a text that is not empty. */
export function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
