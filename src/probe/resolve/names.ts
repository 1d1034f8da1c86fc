import type { ResolvConf } from '../../plan/vantage.ts';

/** Longest name that DNS can carry, without the dot at the end (RFC 1035, 2.3.4). */
const maximumName = 253;

/** The names that Go asks for, in order (https://go.dev/src/net/dnsclient_unix.go, nameList). Empty when the name is too long. */
export function namesToAsk(name: string, { search, ndots }: Pick<ResolvConf, 'search' | 'ndots'>): string[] {
	const rooted = name.endsWith('.');
	const plain = rooted ? name.slice(0, -1) : name;
	if (plain.length === 0 || plain.length > maximumName) return [];
	if (rooted) return [plain];
	const suffixed = search.map((domain) => `${plain}.${domain}`).filter((full) => full.length <= maximumName);
	return plain.split('.').length - 1 >= ndots ? [plain, ...suffixed] : [...suffixed, plain];
}
