const label = '[a-zA-Z0-9_](?:[a-zA-Z0-9_-]*[a-zA-Z0-9_])?';
const namePattern = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
const longestLabel = 63;
/** With the dot at the end; without it one less. */
const longestName = 254;

/**
 * Whether Go's resolver would ask DNS for a name (https://go.dev/src/net/dnsclient.go, isDomainName): letters, digits,
 * `-` and `_`, not digits and dots alone, within DNS' lengths. A dot at the end may stand.
 */
export function isDomainName(name: string): boolean {
	if (name === '.') return true;
	if (name.length > longestName - (name.endsWith('.') ? 0 : 1)) return false;
	return (
		namePattern.test(name) && /[^0-9.]/.test(name) && name.split('.').every(({ length }) => length <= longestLabel)
	);
}

/** A name in lower case where it is ASCII; other letters stay, as Go leaves them. */
export function lowerAscii(name: string): string {
	return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * The form in which names of /etc/hosts and names that are looked up are the same (https://go.dev/src/net/hosts.go):
 * lower case, without the dot at the end. Only a name without any other dot keeps it: `registry.` is not `registry`.
 */
export function hostsKey(name: string): string {
	const key = lowerAscii(name);
	return key.endsWith('.') && key.indexOf('.') < key.length - 1 ? key.slice(0, -1) : key;
}
