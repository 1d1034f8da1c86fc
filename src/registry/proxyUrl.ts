import { readHostPort } from './hostPort.ts';
import { Secret, type Login } from './secret.ts';

/** A text that names no proxy. The message never repeats it: it may hold a password. */
export class InvalidProxyUrl extends Error {
	override readonly name = 'InvalidProxyUrl';
}

/** Where a proxy is. */
export interface ProxyAddress {
	readonly scheme: 'http' | 'https' | 'socks5';
	/** Lower case; an IPv6 address stands without brackets. */
	readonly hostname: string;
	readonly port: number;
}

/** A proxy with the login that stands in its URL. */
export interface ProxyUrl extends ProxyAddress {
	readonly login?: Login;
}

/** `socks5h` is what Go does for `socks5` too: the proxy resolves names. */
const schemes: Readonly<Record<string, { scheme: ProxyUrl['scheme']; port: number }>> = {
	http: { scheme: 'http', port: 80 },
	https: { scheme: 'https', port: 443 },
	socks5: { scheme: 'socks5', port: 1080 },
	socks5h: { scheme: 'socks5', port: 1080 },
};

/** Whether two settings lead to the same proxy, whoever logs in there. */
export function isSameProxy(one: Partial<ProxyAddress>, other: Partial<ProxyAddress> = {}): boolean {
	return one.scheme === other.scheme && one.hostname === other.hostname && one.port === other.port;
}

/**
 * Reads the value of HTTPS_PROXY as Go does (https://pkg.go.dev/golang.org/x/net/http/httpproxy): without a scheme it
 * is `http://`, a path behind the host has no meaning. Throws `InvalidProxyUrl`.
 */
export function parseProxyUrl(text: string): ProxyUrl {
	if (text === '') throw new InvalidProxyUrl('the proxy is empty; write http://host:port');
	if (text.length > 4096) throw new InvalidProxyUrl('the address of the proxy is too long');
	const [, named = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
	const scheme = named.toLowerCase();
	const known = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
	if (!known) throw new InvalidProxyUrl('the scheme of the proxy is none of http, https, socks5');
	const [, authority = '', behind = ''] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
	const at = authority.lastIndexOf('@');
	const host = readHostPort(authority.slice(at + 1));
	if (!host) throw new InvalidProxyUrl('the proxy names no valid host and port; write http://host:port');
	// Else the beginning of a password would be taken for a port, and shown.
	if (behind.includes('@')) throw new InvalidProxyUrl('the login of the proxy is not percent-encoded; write / as %2F');
	const login = at < 0 ? undefined : readLogin(authority.slice(0, at));
	return { scheme: known.scheme, hostname: host.hostname, port: host.port ?? known.port, ...(login && { login }) };
}

function readLogin(userinfo: string): Login | undefined {
	const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? [];
	if (username === '' && password === '') return undefined;
	return { username: decode(username), password: new Secret(decode(password)) };
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw new InvalidProxyUrl('the login of the proxy is not percent-encoded; write % as %25');
	}
}
