import type { ProxyUrl } from '../registry/proxyUrl.ts';

/** What Go takes a value of HTTPS_PROXY for; without `url` for no proxy at all. */
export interface ProxyAsGo {
	/** Without its login. */
	readonly url?: ProxyUrl;
	/** Set when the value is not what its writer meant; for people, without anything of it: it may hold a password. */
	readonly wrong?: string;
}

const schemes: Readonly<Record<string, Pick<ProxyUrl, 'scheme' | 'port'>>> = {
	http: { scheme: 'http', port: 80 },
	https: { scheme: 'https', port: 443 },
	socks5: { scheme: 'socks5', port: 1080 },
	socks5h: { scheme: 'socks5', port: 1080 },
};

/**
 * What a value of HTTPS_PROXY is for Go. It parses the URL, and when that fails, or finds no scheme or no host, parses
 * it again with `http://` in front: of `http://us er@proxy:3128` it then dials `http:80` (parseProxy in
 * https://go.dev/src/vendor/golang.org/x/net/http/httpproxy/proxy.go). A host without a name is this machine; a port
 * that is none is 0 here, and fails at once. Never throws.
 */
export function proxyAsGo(text: string): ProxyAsGo {
	const url = parse(text);
	if (url !== 'refused' && url.scheme !== '' && (url.authority ?? '') !== '') {
		return judge(url.scheme, url.authority ?? '', false);
	}
	const second = parse(`http://${text}`);
	if (second !== 'refused') return judge('http', second.authority ?? '', true);
	return url === 'refused' ? { wrong: 'this is no URL' } : judge(url.scheme, '', true);
}

function judge(scheme: string, authority: string, second: boolean): ProxyAsGo {
	const [, host = '', port] = /^(.*?)(?::(\d*))?$/s.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
	const known = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
	const number = port === undefined || port === '' ? (known?.port ?? 0) : Number(port);
	const url: ProxyUrl = {
		scheme: known?.scheme ?? 'http',
		hostname: host === '' ? 'localhost' : host.replace(/^\[(.*)\]$/, '$1').toLowerCase(),
		port: number > 65_535 ? 0 : number,
	};
	const wrong = wrongWith(url, host, second, known !== undefined);
	return { url, ...(wrong !== undefined && { wrong }) };
}

function wrongWith({ hostname, port }: ProxyUrl, host: string, second: boolean, known: boolean): string | undefined {
	if (host === '') return 'the proxy has no host; write http://host:port';
	if (second && Object.hasOwn(schemes, hostname)) {
		return 'this is no URL, so that its scheme is taken for the host; write http://host:port, and percent-encode the login';
	}
	if (!known) return 'the scheme of the proxy is none of http, https, socks5';
	return port === 0 ? 'the port of the proxy is none' : undefined;
}

interface Parsed {
	readonly scheme: string;
	/** Undefined where there is no `//`. */
	readonly authority?: string;
}

/** As much of Go's url.Parse (https://go.dev/src/net/url/url.go) as decides about a proxy. */
function parse(text: string): Parsed | 'refused' {
	if (/\p{Cc}/u.test(text) || text.startsWith(':')) return 'refused';
	const [, scheme = '', afterScheme = text] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(text) ?? [];
	const [rest = ''] = afterScheme.split('#', 1);
	const [path = ''] = rest.split('?', 1);
	if (scheme !== '' && !rest.startsWith('/')) return { scheme: scheme.toLowerCase() };
	const [first = ''] = path.split('/', 1);
	if (scheme === '' && !path.startsWith('/') && first.includes(':')) return 'refused';
	if (!rest.startsWith('//')) return hasBadEscape(path) ? 'refused' : { scheme: scheme.toLowerCase() };
	const [, authority = '', tail = ''] = /^\/\/([^/]*)(.*)$/s.exec(path) ?? [];
	if (hasBadEscape(tail) || !isAuthority(authority)) return 'refused';
	return { scheme: scheme.toLowerCase(), authority };
}

function hasBadEscape(text: string): boolean {
	return /%(?![0-9a-f]{2})/i.test(text);
}

function isAuthority(authority: string): boolean {
	const at = authority.lastIndexOf('@');
	const user = at < 0 ? '' : authority.slice(0, at);
	if (!/^[\w.~!$&'()*+,;=%@:-]*$/.test(user) || hasBadEscape(user)) return false;
	const host = authority.slice(at + 1);
	if (host.startsWith('[')) return /^\[[^\]]*\](?::\d*)?$/.test(host);
	const colons = host.split(':').length - 1;
	return colons <= 1 && /^[^:]*(?::\d*)?$/.test(host) && !/[ \\^{|}`%[\]]/.test(host);
}
