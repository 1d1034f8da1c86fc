import type { ResolvConf } from '../../plan/vantage.ts';
import { isDomainName } from '../../registry/domainName.ts';

/** Longest name that DNS can carry, without the dot at the end, and longest part of it, in bytes (RFC 1035, 2.3.4). */
const maximumName = 253;
const maximumLabel = 63;

/**
 * The names that Go asks for, in order and without the dot at the end (https://go.dev/src/net/dnsclient_unix.go,
 * nameList). Empty when it asks nobody: the name is none that DNS can carry, or of a network that has no DNS.
 */
export function namesToAsk(name: string, { search, ndots }: Pick<ResolvConf, 'search' | 'ndots'>): string[] {
	if (!isDomainName(name)) return [];
	if (name.endsWith('.')) return [name.slice(0, -1)].filter(mayBeAsked);
	const suffixed = search.map((domain) => `${name}.${domain}`);
	const dots = name.split('.').length - 1;
	return (dots >= ndots ? [name, ...suffixed] : [...suffixed, name]).filter(mayBeAsked);
}

/** A search domain may make a name that cannot be sent, and `.onion` is never asked for (RFC 7686). */
function mayBeAsked(name: string): boolean {
	if (name === '') return true;
	if (Buffer.byteLength(name) > maximumName || /(?:^|\.)onion$/i.test(name)) return false;
	return name.split('.').every((label) => label !== '' && Buffer.byteLength(label) <= maximumLabel);
}
