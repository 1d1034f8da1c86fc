import { readHostPort } from '../registry/hostPort.ts';
import { Secret } from '../registry/secret.ts';
import type { ConfiguredProxy, ProxyChoice } from './config.ts';
import { Wrong } from './fault.ts';

const ports = { http: 80, https: 443, socks5: 1080 } as const;
const example = 'write node, none or for example http://proxy.example:3128';

/**
 * `node`, `none`, or the URL of a proxy as HTTPS_PROXY has it (https://pkg.go.dev/golang.org/x/net/http/httpproxy):
 * http, https or socks5, http where no scheme stands; a login may stand in it.
 */
export function readProxy(value: unknown): ProxyChoice | Wrong {
	if (value === 'node' || value === 'none') return { kind: value };
	const url = typeof value === 'string' ? URL.parse(value.includes('://') ? value : `http://${value}`) : null;
	return (url && proxyOf(url)) ?? new Wrong('is not a proxy', example);
}

function proxyOf(url: URL): ConfiguredProxy | undefined {
	const scheme = (['http', 'https', 'socks5'] as const).find(
		(name) => url.protocol.replace(/^socks5h/, 'socks5') === `${name}:`,
	);
	const host = readHostPort(url.host);
	if (!scheme || !host || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
	const { hostname, port = ports[scheme] } = host;
	const username = decoded(url.username);
	const password = decoded(url.password);
	if (username === undefined || password === undefined) return undefined;
	const login =
		url.username === '' && url.password === '' ? {} : { login: { username, password: new Secret(password) } };
	return { kind: 'url', scheme, hostname, port, ...login };
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
