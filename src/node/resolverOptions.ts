/** The options of resolv.conf that Go knows (https://go.dev/src/net/dnsconfig_unix.go). */
export interface ResolverOptions {
	/** A name with so many dots is asked as it stands before it is completed. */
	readonly ndots: number;
	/** Seconds that one try waits. */
	readonly timeout: number;
	readonly attempts: number;
	/** Each question begins with the next nameserver. */
	readonly rotate: boolean;
	/** Ask over TCP at once. */
	readonly useTcp: boolean;
	/** Ask for A and AAAA one after the other. */
	readonly singleRequest: boolean;
	/** Set the AD bit: ask the nameserver to say whether it has validated the answer. */
	readonly trustAd: boolean;
	/** A runtime never reads the file again. */
	readonly noReload: boolean;
}

export const defaultOptions: ResolverOptions = {
	ndots: 1,
	timeout: 5,
	attempts: 2,
	rotate: false,
	useTcp: false,
	singleRequest: false,
	trustAd: false,
	noReload: false,
};

const flags: ReadonlyMap<string, Partial<ResolverOptions>> = new Map([
	['rotate', { rotate: true }],
	['single-request', { singleRequest: true }],
	['single-request-reopen', { singleRequest: true }],
	['use-vc', { useTcp: true }],
	['usevc', { useTcp: true }],
	['tcp', { useTcp: true }],
	['trust-ad', { trustAd: true }],
	['no-reload', { noReload: true }],
	// Go speaks EDNS anyway.
	['edns0', {}],
]);

/** What one word behind `options` sets; undefined when Go does not know it. */
export function readOption(word: string): Partial<ResolverOptions> | undefined {
	const [, name, value = ''] = /^(ndots|timeout|attempts):(.*)$/s.exec(word) ?? [];
	if (name === 'ndots') return { ndots: Math.min(leadingNumber(value), 15) };
	if (name === 'timeout') return { timeout: Math.max(leadingNumber(value), 1) };
	if (name === 'attempts') return { attempts: Math.max(leadingNumber(value), 1) };
	return flags.get(word);
}

/** Go's upper bound of all numbers in these files. */
const big = 0xff_ff_ff;

/** The digits at the front as a number, without a sign; 0 where there are none. */
function leadingNumber(text: string): number {
	return Math.min(Number(/^\d*/.exec(text)?.[0]), big);
}
