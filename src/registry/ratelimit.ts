import { formatIpv6, ipBytes } from './ipAddress.ts';

/** What an answer says about the quota of pulls; each field is absent when the registry does not say. */
export interface RateLimit {
	/** Pulls in the window. */
	readonly limit?: number;
	readonly remaining?: number;
	readonly windowSeconds?: number;
	/** Whom the registry counts: an IPv4 address, an IPv6 network as `2001:db8:1:2::/64`, or the id of an account. */
	readonly source?: string;
}

/** `exhausted` is known to be empty, `limited` is known to be counted; no header may mean either of the others. */
export type RateLimitState = 'limited' | 'exhausted' | 'unlimited_or_unknown';

/** Gives a header by its lower-case name. */
export type HeaderLookup = (name: string) => string | undefined;

const maximumHeader = 1000;

/**
 * Reads Docker Hub's headers (`ratelimit-limit: 100;w=21600`, https://docs.docker.com/docker-hub/usage/pulls/), which
 * GitLab sends without a window; where they are missing, limit and remaining of the IETF's `RateLimit` and
 * `RateLimit-Policy` (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/) or of `X-RateLimit-*`.
 */
export function readRateLimit(header: HeaderLookup): RateLimit {
	const bounded: HeaderLookup = (name) => header(name)?.slice(0, maximumHeader);
	const quota = [readCounted(bounded, ''), readStructured(bounded), readCounted(bounded, 'x-')].find(saysSomething);
	const source = readSource(bounded('docker-ratelimit-source') ?? '');
	return { ...quota, ...(source !== undefined && { source }) };
}

export function rateLimitState({ limit, remaining }: RateLimit): RateLimitState {
	if (remaining === 0) return 'exhausted';
	return limit === undefined && remaining === undefined ? 'unlimited_or_unknown' : 'limited';
}

/** The share of the quota that is left, 0 to 1 and more; undefined when the answer does not tell it. */
export function shareLeft({ limit, remaining }: RateLimit): number | undefined {
	if (remaining === undefined || remaining === 0) return remaining;
	return limit === undefined || limit === 0 ? undefined : remaining / limit;
}

function saysSomething(quota: RateLimit): boolean {
	return Object.keys(quota).length > 0;
}

/** `<prefix>ratelimit-limit` and `-remaining`: a number, then perhaps `;w=` and the window; of a list the first. */
function readCounted(header: HeaderLookup, prefix: '' | 'x-'): RateLimit {
	const limit = first(header(`${prefix}ratelimit-limit`));
	const remaining = first(header(`${prefix}ratelimit-remaining`));
	const windowSeconds = prefix === '' ? (parameter(limit, 'w') ?? parameter(remaining, 'w')) : undefined;
	return known({ limit: leading(limit), remaining: leading(remaining), windowSeconds });
}

/** `RateLimit: "default";r=50;t=30`, or `limit=100, remaining=50, reset=30` of an earlier draft. */
function readStructured(header: HeaderLookup): RateLimit {
	const policies = items(header('ratelimit-policy'));
	const ofBytes = new Set(policies.filter(countsBytes).map(nameOf));
	const limits = items(header('ratelimit')).filter((item) => !ofBytes.has(nameOf(item)));
	const tightest = limits
		.map((item) => ({ name: nameOf(item), remaining: parameter(item, 'r') ?? Infinity }))
		.reduce((least, item) => (item.remaining < least.remaining ? item : least), { name: '', remaining: Infinity });
	if (tightest.remaining === Infinity) return readEarlierDraft(limits);
	const policy = policies.find((item) => nameOf(item) === tightest.name);
	return known({
		limit: parameter(policy, 'q'),
		remaining: tightest.remaining,
		windowSeconds: parameter(policy, 'w'),
	});
}

function readEarlierDraft(limits: readonly string[]): RateLimit {
	const value = (name: string) => limits.map((item) => parameter(`;${item}`, name)).find((it) => it !== undefined);
	return known({ limit: value('limit'), remaining: value('remaining') });
}

/** Quotas of bytes are none of pulls. */
function countsBytes(policy: string): boolean {
	return /;\s*qu=(?!"requests")/i.test(policy);
}

function items(value: string | undefined): string[] {
	return (value ?? '').match(/(?:"[^"]*"|[^",])+/g)?.map((item) => item.trim()) ?? [];
}

function nameOf(item: string): string {
	return /^[^;]*/.exec(item)?.[0].trim() ?? '';
}

function first(value: string | undefined): string | undefined {
	return value?.split(',', 1)[0]?.trim();
}

function leading(value: string | undefined): number | undefined {
	return number(/^(\d+)\s*(?:;|$)/.exec(value ?? '')?.[1]);
}

function parameter(value: string | undefined, name: string): number | undefined {
	return number(new RegExp(`;\\s*${name}\\s*=\\s*(\\d+)\\s*(?:;|$)`, 'i').exec(value ?? '')?.[1]);
}

function number(digits: string | undefined): number | undefined {
	return digits === undefined || digits.length > 15 ? undefined : Number(digits);
}

function known(quota: { [Key in keyof RateLimit]?: RateLimit[Key] | undefined }): RateLimit {
	return Object.fromEntries(Object.entries(quota).filter(([, value]) => value !== undefined));
}

function readSource(value: string): string | undefined {
	const text = value.split(',', 1)[0]?.trim() ?? '';
	const bytes = ipBytes(text.replace(/\/64$/, ''));
	if (bytes?.length === 4) return text.includes('/') ? undefined : bytes.join('.');
	if (bytes) return `${formatIpv6([...bytes.slice(0, 8), ...Array<number>(8).fill(0)])}/64`;
	return /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(text) ? text : undefined;
}
