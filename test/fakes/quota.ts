import { registryError } from './registryError.ts';
import type { Answer } from './reply.ts';

/** A pull quota as Docker Hub keeps it: a GET of a manifest counts, a HEAD does not. Its numbers may be changed from outside. */
export interface Quota {
	limit: number;
	remaining: number;
	readonly windowSeconds: number;
	/** The identity that is counted: an address or an account. */
	readonly source?: string;
}

/** The headers of https://docs.docker.com/docker-hub/usage/pulls/#view-pull-rate-and-limit. */
export function quotaHeaders(quota: Quota | undefined): Record<string, string> {
	if (!quota) return {};
	const { limit, remaining, windowSeconds, source } = quota;
	return {
		'ratelimit-limit': `${limit};w=${windowSeconds}`,
		'ratelimit-remaining': `${remaining};w=${windowSeconds}`,
		...(source === undefined ? {} : { 'docker-ratelimit-source': source }),
	};
}

/** Counts a pull; the refusal where nothing is left. */
export function takePull(quota: Quota | undefined): Answer | undefined {
	if (!quota) return undefined;
	if (quota.remaining <= 0) return registryError(429, 'TOOMANYREQUESTS');
	quota.remaining--;
	return undefined;
}
