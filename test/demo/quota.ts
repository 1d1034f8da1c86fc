import type { ReceivedRequest } from '../fakes/http.ts';
import { quotaHeaders } from '../fakes/quota.ts';
import type { Quota } from '../fakes/quota.ts';
import { registryError } from '../fakes/registryError.ts';
import type { Answer } from '../fakes/reply.ts';

/** A quota that neighbours behind the same address use up, too. */
export interface SharedQuota extends Disposable {
	readonly quota: Quota;
	readonly exhaust: (exhausted: boolean) => void;
	/** The refusal of a manifest request while the quota is exhausted. */
	readonly refusal: (request: ReceivedRequest) => Answer | undefined;
}

const limit = 100;
const refillAt = 30;
const neighbourPullsEveryMs = 10_000;

/** Counts down by one every ten seconds; what is near its end is filled up again. `source`: the address that is counted. */
export function shareQuota(source = '203.0.113.7'): SharedQuota {
	const quota = { limit, remaining: 84, windowSeconds: 21_600, source };
	let exhausted = false;
	let before = quota.remaining;
	const timer = setInterval(() => {
		if (!exhausted) quota.remaining = quota.remaining > refillAt ? quota.remaining - 1 : limit;
	}, neighbourPullsEveryMs);
	timer.unref();
	return {
		quota,
		exhaust(next) {
			if (next) before = quota.remaining;
			exhausted = next;
			quota.remaining = next ? 0 : before;
		},
		refusal({ path, headers }) {
			// As at Docker Hub, who shows no token is asked for one first.
			if (!exhausted || !path.includes('/manifests/') || headers.authorization === undefined) return undefined;
			const answer = registryError(429, 'TOOMANYREQUESTS');
			return { ...answer, headers: { ...answer.headers, ...quotaHeaders(quota) } };
		},
		[Symbol.dispose]: () => clearInterval(timer),
	};
}
