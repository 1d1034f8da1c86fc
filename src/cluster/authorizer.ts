import { createHmac, randomBytes } from 'node:crypto';
import pLimit from 'p-limit';

import { Secret } from '../registry/secret.ts';
import type { ApiAccess } from './access.ts';
import { type ApiFailure, asFailure } from './apiFailure.ts';
import { type Decision, type DecisionLimits, Decisions } from './decisions.ts';
import { mayGet, reviewToken } from './review.ts';
import { type Rate, TokenBucket } from './tokenBucket.ts';

/** Bounds of what those who ask can make the API server do. Milliseconds. */
export interface AuthorizerLimits {
	readonly decisions: DecisionLimits;
	/** Tokens that are looked at at a time, and those that wait for it. */
	readonly concurrency: number;
	readonly waiting: number;
	/** Tokens that are looked at at all. */
	readonly rate: Rate;
	/** For one token. */
	readonly patience: number;
	/** After a failure nobody is asked about for this long, and where the API server asks for more, for that at most. */
	readonly rest: number;
	readonly longestRest: number;
}

export const usualAuthorizerLimits: AuthorizerLimits = {
	decisions: { yes: 60_000, no: 10_000, most: 256 },
	concurrency: 4,
	waiting: 16,
	rate: { burst: 20, perSecond: 5 },
	patience: 5000,
	rest: 2000,
	longestRest: 30_000,
};

export interface AuthorizerParts {
	readonly access: ApiAccess;
	readonly signal: AbortSignal;
	readonly onAnswer: () => void;
	/** Told each time that the API server could not say who somebody is. */
	readonly onFailure: (failure: ApiFailure) => void;
}

/** `unavailable`: the API server cannot be asked. `busy`: too much is asked already. */
export type Answer = Decision | 'unavailable' | 'busy';

/** Whether the holder of a token may read a path of this agent: `/api/v1/plan`. Never rejects. */
export type Authorizer = (token: string, path: string) => Promise<Answer>;

/** What can be a token at all (RFC 6750, section 2.1), within reason. */
const tokenLike = /^[A-Za-z0-9._~+/-]{1,8000}=*$/;

/**
 * Asks the API server whose token it is and what he may do, and keeps the answer for a moment: by a hash of the token
 * under a key that only this process has, so that what is kept is good for nothing, and how long a look-up takes tells
 * nothing about other tokens.
 */
export function createAuthorizer(
	{ access, signal, onAnswer, onFailure }: AuthorizerParts,
	limits: AuthorizerLimits = usualAuthorizerLimits,
): Authorizer {
	const key = randomBytes(32);
	const decisions = new Decisions(limits.decisions);
	const underWay = new Map<string, Promise<Answer>>();
	const limit = pLimit(limits.concurrency);
	const bucket = new TokenBucket(limits.rate, performance.now());
	let restUntil = Number.NEGATIVE_INFINITY;

	const decide = async (token: Secret, path: string): Promise<Decision> => {
		const timely = AbortSignal.any([signal, AbortSignal.timeout(limits.patience)]);
		const user = await reviewToken(access, token, timely);
		if (!user) return 'unauthenticated';
		return (await mayGet(access, user, path, timely)) ? 'allowed' : 'forbidden';
	};
	const ask = async (token: Secret, path: string, about: string): Promise<Answer> => {
		if (performance.now() < restUntil) return 'unavailable';
		try {
			const decision = await decide(token, path);
			onAnswer();
			decisions.set(about, decision, performance.now());
			return decision;
		} catch (error) {
			const failure = asFailure(error);
			const asked = Math.min((failure.retryAfter ?? 0) * 1000, limits.longestRest);
			restUntil = performance.now() + Math.max(limits.rest, asked);
			if (!signal.aborted) onFailure(failure);
			return 'unavailable';
		}
	};

	return async (token, path) => {
		if (!tokenLike.test(token)) return 'unauthenticated';
		const about = createHmac('sha256', key).update(`${path} ${token}`).digest('base64');
		const known = decisions.get(about, performance.now()) ?? underWay.get(about);
		if (known !== undefined) return known;
		if (limit.pendingCount >= limits.waiting || !bucket.take(performance.now())) return 'busy';
		const asked = limit(ask, new Secret(token), path, about).finally(() => underWay.delete(about));
		underWay.set(about, asked);
		return asked;
	};
}
