import { isIPv4 } from 'node:net';

import { formatIpv6, ipv6Bytes, isMapped } from '../registry/ipAddress.ts';
import { printable } from '../registry/redact.ts';

/** More characters than any interface of Linux has in its name (IFNAMSIZ). */
const longestZone = 32;

/**
 * An address in its canonical form, with its zone; undefined for what Go does not take for one
 * (https://pkg.go.dev/net/netip#ParseAddr): only IPv6 has zones, and no zone is empty. Go takes any text for a zone; one
 * that cannot be shown belongs to no interface, and is told with replacements.
 */
export function readIpLiteral(text: string): string | undefined {
	if (isIPv4(text)) return text;
	const at = text.indexOf('%');
	const zone = at < 0 ? '' : printable(text.slice(at), longestZone);
	const bytes = zone === '%' ? undefined : ipv6Bytes(at < 0 ? text : text.slice(0, at));
	if (!bytes) return undefined;
	return `${isMapped(bytes) ? `::ffff:${bytes.slice(12).join('.')}` : formatIpv6(bytes)}${zone}`;
}
