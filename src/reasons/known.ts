import type { Values } from './placeholder.ts';

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443', socks5: '1080' };

interface HostPort {
	readonly hostname: string;
	readonly port?: string;
}

/** The parts of `host`, `host:port`, `[v6]:port` or a bare IPv6 address; a path after it is left out. */
function split(text: string): HostPort {
	const parts = /^(?:\[([^\]]*)\]|([^:/]*))(?::(\d{1,5}))?(?:\/|$)/.exec(text);
	if (!parts) return { hostname: text };
	return { hostname: parts[1] ?? parts[2] ?? '', ...(parts[3] ? { port: parts[3] } : {}) };
}

function authority({ hostname, port }: HostPort): string {
	return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}

function fromPeer(values: Values): Values {
	const peer = values.peer ?? values.host;
	const parts = peer === undefined ? undefined : split(peer);
	const hostname = values.hostname ?? parts?.hostname;
	if (hostname === undefined) return {};
	const port = values.port ?? parts?.port ?? defaultPorts[values.scheme ?? 'https'] ?? '443';
	return {
		...(peer === undefined ? {} : { peer, host: peer }),
		hostname,
		port,
		authority: authority({ hostname, port }),
	};
}

function fromAddress({ address: hostname, port }: Values): Values {
	return hostname === undefined || port === undefined ? {} : { dialled: authority({ hostname, port }) };
}

function fromNameserver(values: Values): Values {
	if (values.nameserver === undefined) return {};
	const { hostname, port = '53' } = split(values.nameserver);
	return { nameserverHost: hostname, nameserverPort: port, nameserverAuthority: authority({ hostname, port }) };
}

function fromProxy(values: Values): Values {
	const parts = /^([a-z0-9]+):\/\/(?:[^@/]*@)?([^/]+)/i.exec(values.proxy ?? '');
	if (!parts?.[1] || !parts[2]) return {};
	const { hostname, port = defaultPorts[parts[1]] ?? '80' } = split(parts[2]);
	return { proxyAuthority: authority({ hostname, port }) };
}

/** The values with those added that follow from others: the parts of peer, nameserver and proxy. */
export function known(values: Values): Values {
	const peer = { ...fromPeer(values), ...values };
	return { ...peer, ...fromAddress(peer), ...fromNameserver(values), ...fromProxy(values), ...values };
}
