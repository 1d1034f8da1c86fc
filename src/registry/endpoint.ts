/** Where a registry, token service, blob store or proxy listens. */
export interface Endpoint {
	readonly scheme: 'http' | 'https';
	/** Lower case; an IPv6 address stands without brackets. */
	readonly hostname: string;
	readonly port: number;
}

const defaultPorts = { http: 80, https: 443 } as const;

/** The endpoint that a URL names, or undefined when its scheme is neither http nor https. */
export function endpointOf(url: URL): Endpoint | undefined {
	const scheme = url.protocol === 'https:' ? 'https' : url.protocol === 'http:' ? 'http' : undefined;
	if (!scheme) return undefined;
	const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
	return { scheme, hostname, port: url.port === '' ? defaultPorts[scheme] : Number(url.port) };
}

/** `host`, or `host:port` when the port is not the scheme's own; IPv6 in brackets. The value of the labels `host` and `peer`. */
export function hostOf({ scheme, hostname, port }: Endpoint): string {
	const host = hostname.includes(':') ? `[${hostname}]` : hostname;
	return port === defaultPorts[scheme] ? host : `${host}:${port}`;
}

export function originOf(endpoint: Endpoint): string {
	return `${endpoint.scheme}://${hostOf(endpoint)}`;
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
	return a.scheme === b.scheme && a.hostname === b.hostname && a.port === b.port;
}
