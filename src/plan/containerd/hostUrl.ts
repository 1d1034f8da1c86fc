import { posix } from 'node:path';

import { type HostPort, readHostPort } from '../../registry/hostPort.ts';
import { percentDecoded } from '../../registry/percentDecoded.ts';

/** The URL of a host as Go takes it apart. */
export interface HostUrl {
	/** `https`, `http`, or anything else that cannot be asked; lower case. */
	readonly scheme: string;
	/** Host and port as written; empty where the text names none. */
	readonly host: string;
	/** The same to dial; absent where it cannot be asked. */
	readonly address?: HostPort;
	/** With its escapes undone, as containerd asks for it. */
	readonly path: string;
}

/** Characters that Go takes in a host, those above ASCII included (`shouldEscape` of net/url). */
const hostPattern = /^[\w\-.~!$&'()*+,;=:[\]<>"\u0080-\uffff]*$/;
const userPattern = /^[\w\-.:~!$&'()*+,;=%@]*$/;
const controls = /[\p{Cc}]/u;

/**
 * Takes a URL apart as https://pkg.go.dev/net/url#Parse does, as far as hosts of registries need it; undefined for what
 * Go refuses. A text without `//` names no host.
 */
export function readHostUrl(text: string): HostUrl | undefined {
	if (controls.test(text)) return undefined;
	const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?([^#?]*)/i.exec(text) ?? [];
	const lower = scheme.toLowerCase();
	if (!rest.startsWith('//')) return withoutHost(lower, rest);
	const [, authority = '', path = ''] = /^\/\/([^/]*)(.*)$/.exec(rest) ?? [];
	const at = authority.lastIndexOf('@');
	const host = authority.slice(at + 1);
	if (!userPattern.test(authority.slice(0, Math.max(0, at))) || !hostPattern.test(host)) return undefined;
	// In brackets up to the last one; else only what is behind the last colon must be a port.
	if (!/^(?:\[.*\](?::\d*)?|[^[:][^:]*|[^[]*:\d*|)$/.test(host) || /%(?![0-9a-f]{2})/i.test(path)) return undefined;
	const decoded = percentDecoded(path);
	const address = controls.test(decoded) ? undefined : readHostPort(host);
	return { scheme: lower, host, ...(address ? { address } : {}), path: decoded };
}

/** A colon in the first segment of a path without a scheme is what Go refuses. */
function withoutHost(scheme: string, path: string): HostUrl | undefined {
	if (scheme === '' && /^[^/]*:/.test(path)) return undefined;
	return { scheme, host: '', path: scheme !== '' && !path.startsWith('/') ? '' : path };
}

/** `https://` in front where containerd puts it: before anything that does not begin with `http`. */
export function withScheme(text: string): string {
	return text.startsWith('http') ? text : `https://${text}`;
}

/** The path before the repository, for a path as hosts.toml has it: with `/v2` at the end unless it overrides. */
export function rootOf(path: string, overridePath: boolean): string {
	const clean = path === '' ? '' : withoutSlash(posix.normalize(path));
	return joined(overridePath || clean.endsWith('/v2') ? clean : `${clean}/v2`);
}

/** The path as the start of a request's, without a slash at the end. */
export function joined(path: string): string {
	return withoutSlash(posix.join('/', path));
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '');
