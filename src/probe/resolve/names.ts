import type { ResolvConf } from '../../plan/vantage.ts';

/** Longest name that DNS can carry, without the dot at the end, and longest part of it (RFC 1035, 2.3.4). */
const maximumName = 253;
const maximumLabel = 63;

/** The names that Go asks for, in order (https://go.dev/src/net/dnsclient_unix.go, nameList). Empty when DNS cannot carry the name. */
export function namesToAsk(name: string, { search, ndots }: Pick<ResolvConf, 'search' | 'ndots'>): string[] {
	const rooted = name.endsWith('.');
	const plain = rooted ? name.slice(0, -1) : name;
	const labels = plain.split('.');
	if (plain.length > maximumName || labels.some(({ length }) => length === 0 || length > maximumLabel)) return [];
	if (rooted) return [plain];
	const suffixed = search.map((domain) => `${plain}.${domain}`).filter((full) => full.length <= maximumName);
	return labels.length - 1 >= ndots ? [plain, ...suffixed] : [...suffixed, plain];
}
