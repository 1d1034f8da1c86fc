import { asciiName } from './asciiName.ts';
import { formatIpv6, ipv6Bytes } from './ipAddress.ts';

/** A host as it stands in an image reference or in a setting, before any scheme gives it a default port. */
export interface HostPort {
	/** Lower case, ASCII; an IPv6 address in canonical form, without brackets. */
	readonly hostname: string;
	/** 1 to 65535; absent when none was written. */
	readonly port?: number;
}

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const namePattern = new RegExp(`^${label}(?:\\.${label})*$`);

/**
 * Reads `host`, `host:port`, `10.0.0.1:5000`, `[2001:db8::1]:5000`. Undefined when the text is not of that form, the
 * port is out of range, or an IPv6 address stands without brackets. An empty port counts as none.
 */
export function readHostPort(text: string): HostPort | undefined {
	const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{0,5}))?$/.exec(text) ?? [];
	const hostname = bracketed === undefined ? readName(plain ?? '') : readIpv6(bracketed);
	if (hostname === undefined) return undefined;
	if (digits === '') return { hostname };
	const port = Number(digits);
	return port >= 1 && port <= 65_535 ? { hostname, port } : undefined;
}

/** The opposite: `host`, `host:port`, IPv6 in brackets. */
export function formatHostPort({ hostname, port }: HostPort): string {
	const host = hostname.includes(':') ? `[${hostname}]` : hostname;
	return port === undefined ? host : `${host}:${port}`;
}

function readIpv6(text: string): string | undefined {
	const bytes = ipv6Bytes(text);
	return bytes && formatIpv6(bytes);
}

function readName(text: string): string | undefined {
	if (text.length > 253) return undefined;
	const ascii = asciiName(text);
	return ascii.length <= 253 && namePattern.test(ascii) ? ascii : undefined;
}
