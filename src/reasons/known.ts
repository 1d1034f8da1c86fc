import type { Values } from './placeholder.ts';

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443', socks5: '1080' };

/** The parts of `host`, `host:port`, `[v6]:port`; a path after it is left out. */
function splitHost(text: string): { hostname: string; port: string | undefined } {
	const parts = /^(?:\[([^\]]*)\]|([^:/]*))(?::(\d{1,5}))?(?:\/|$)/.exec(text);
	return parts ? { hostname: parts[1] ?? parts[2] ?? '', port: parts[3] } : { hostname: text, port: undefined };
}

function join(hostname: string, port: string): string {
	return hostname.includes(':') ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

function proxyAuthority(proxy: string): string | undefined {
	const parts = /^([a-z0-9]+):\/\/(?:[^@/]*@)?([^/]+)/i.exec(proxy);
	if (!parts?.[2]) return undefined;
	const { hostname, port } = splitHost(parts[2]);
	return join(hostname, port ?? defaultPorts[parts[1] ?? ''] ?? '80');
}

/** The values with those added that follow from others: the peer from the host, its parts, its authority. */
export function known(values: Values): Values {
	const scheme = values.scheme ?? 'https';
	const peer = values.peer ?? values.host;
	const parts = peer === undefined ? undefined : splitHost(peer);
	const hostname = values.hostname ?? parts?.hostname;
	const port = values.port ?? parts?.port ?? (hostname === undefined ? undefined : defaultPorts[scheme]);
	const proxy = values.proxy === undefined ? undefined : proxyAuthority(values.proxy);
	return {
		scheme,
		...(peer === undefined ? {} : { peer, host: peer }),
		...(hostname === undefined ? {} : { hostname }),
		...(port === undefined ? {} : { port }),
		...(hostname === undefined || port === undefined ? {} : { authority: join(hostname, port) }),
		...(proxy === undefined ? {} : { proxyAuthority: proxy }),
		...values,
	};
}
