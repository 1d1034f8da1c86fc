import { STATUS_CODES } from 'node:http';
import type { Rule } from './rules/rule.ts';
import type { Passage, Passages } from './scene.ts';
import { operationOf } from './status.ts';
import type { Told } from './told.ts';

/** Looks for one sort of cause in an error; undefined where there is none of it. */
export type Reader = (error: Passages) => Told | undefined;

/** Reads by a table: the first rule that fits any layer tells. */
export function byRules(rules: readonly Rule[]): Reader {
	return ({ passages, scene }) => {
		// Whoever fails says what it likes about it.
		const believed = scene.status === undefined || scene.status < 500;
		return rules.find((rule) => passages.some((passage) => fits(rule, passage, believed)));
	};
}

function fits({ says, inside, body }: Rule, passage: Passage, believed: boolean): boolean {
	if (inside !== undefined && !passage.inside.has(inside)) return false;
	if (passage.inside.has('body') && !(body && believed)) return false;
	return says.test(passage.text);
}

const codes = new Map(Object.entries(STATUS_CODES).map(([code, phrase = '']) => [phrase, Number(code)]));

/**
 * A proxy that refuses CONNECT: of its answer Go prints the phrase of the status alone
 * (https://go.dev/src/net/http/transport.go, `dialConn`), as the whole cause of the request's failure.
 */
export const proxyRefusal: Reader = ({ passages }) => {
	const last = passages.at(-1);
	if (!last?.inside.has('request') || last.inside.has('body') || passages.at(-2)?.inside.has('request'))
		return undefined;
	const code = last.text === 'unknown status code' ? 500 : codes.get(last.text);
	if (code === undefined || code < 400) return undefined;
	if (code === 407) return { reason: 'proxy_auth_required', stage: 'proxy' };
	return { reason: code < 500 ? 'proxy_denied' : 'proxy_error', stage: 'proxy' };
};

/** containerd's `IMAGE: not found`; the same two words behind anything else say something else. */
export const notFound: Reader = ({ passages, scene }) => {
	const at = passages.findIndex(({ text, inside }) => text === 'not found' && !inside.has('body'));
	const before = passages[at - 1]?.text;
	if (before === undefined || scene.image === undefined || scene.operation !== 'manifest') return undefined;
	const resolved =
		before === scene.image || before === 'failed to resolve image' || before.startsWith('failed to resolve reference ');
	return resolved ? { reason: 'manifest_not_found', stage: 'manifest' } : undefined;
};

/**
 * A guard against abuse answers 429 too; only where the answer says its name it is told apart from a quota. Hosts and
 * images may have that word in their names.
 */
export const abuse: Reader = ({ passages, scene }) => {
	const code = passages.findIndex(({ text }) => text === 'toomanyrequests');
	if (scene.status !== 429 && code < 0) return undefined;
	const words = passages.filter(
		({ inside }, at) => inside.has('announced') || inside.has('body') || (code >= 0 && at > code),
	);
	return words.some(({ text }) => /\babuse\b/i.test(text))
		? { reason: 'rate_limited_abuse', stage: 'asked' }
		: undefined;
};

/** A URL that Go does not follow (https://go.dev/src/net/http/transport.go): a realm that cannot be used, or a redirect. */
export const unfollowed: Reader = (error) => {
	if (
		!error.passages.some(({ text, inside }) => inside.has('request') && text.startsWith('unsupported protocol scheme '))
	) {
		return undefined;
	}
	const realm = operationOf(error) === 'token';
	return realm
		? { reason: 'auth_challenge_unsupported', stage: 'challenge' }
		: { reason: 'redirect_refused', stage: 'asked' };
};
