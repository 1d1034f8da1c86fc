import { endpointOf, hostOf } from '../registry/endpoint.ts';

/** The request that an error was met by, as its URL tells. */
export interface Request {
	/** Absent for a URL without one, as Go prints the Location that it did not follow, and where it is neither http nor https. */
	readonly host?: string;
	readonly scheme?: 'http' | 'https';
	readonly path: string;
	/** The names in the query; the values are never kept. */
	readonly names: ReadonlySet<string>;
}

const mostNames = 20;

/** Reads the URL of a request; undefined for what is none. */
export function requestOf(text: string): Request | undefined {
	const relative = text.startsWith('/');
	const url = URL.parse(text, relative ? 'https://relative.invalid' : undefined);
	if (!url) return undefined;
	const endpoint = relative ? undefined : endpointOf(url);
	const names = new Set([...url.searchParams.keys()].slice(0, mostNames));
	const place = endpoint ? { host: hostOf(endpoint), scheme: endpoint.scheme } : {};
	return { ...place, path: url.pathname, names };
}

/** Whether a URL is that of a token service: it is asked for a scope, at a service. */
export function asksForToken({ names, path }: Request): boolean {
	return !path.includes('/manifests/') && (names.has('scope') || names.has('service'));
}

/** What a registry was asked for, by the path of the distribution specification; undefined for any other path. */
export function askedFor({ path }: Request): 'ping' | 'manifest' | 'blob' | undefined {
	if (/^\/v2\/?$/.test(path)) return 'ping';
	if (path.includes('/manifests/')) return 'manifest';
	return path.includes('/blobs/') ? 'blob' : undefined;
}
