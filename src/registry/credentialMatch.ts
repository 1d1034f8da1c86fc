import { matchesGlob } from './glob.ts';

/** A key of credentials, or the name of an image, as a URL without its scheme. */
interface Location {
	/** With the port, as written. */
	readonly host: string;
	/** The host's parts between its dots. */
	readonly labels: readonly string[];
	/** As written; empty when there is none. */
	readonly port: string;
	/** Decoded; empty, or with a leading slash. */
	readonly path: string;
}

const controls = /\p{Cc}/u;
/** What Go's net/url takes before an `@`. */
const userPattern = /^(?:[\w.:~!$&'()*+,;=@-]|%[\dA-Fa-f]{2})*$/;
/** A name with letters, digits, these signs and everything that is not ASCII, and perhaps a port. */
const plainHost = /^[\w.~!$&'()*+,;=\]<>"\u0080-\u{10FFFF}-]*(?::\d*)?$/u;
/** An IPv6 address, and perhaps a port. */
const bracketed = /^\[[\d.:A-Fa-f]*:[\d.:A-Fa-f]*\](?::\d*)?$/;

/**
 * The key under which the kubelet keeps the credentials that a docker configuration holds for `location`: without
 * scheme and without a leading `/v1/` or `/v2/`, so that `https://index.docker.io/v1/` is `index.docker.io`. Undefined
 * for a text that it cannot read and passes over
 * (https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/credentialprovider/keyring.go).
 */
export function credentialKey(location: string): string | undefined {
	const parsed = readLocation(location.replace(/^https?:\/\//, ''));
	if (!parsed) return undefined;
	const path = parsed.path.replace(/^\/v[12]\//, '/');
	return path === '/' ? parsed.host : parsed.host + path;
}

/**
 * Whether a key, or an entry of a provider's `matchImages`, speaks of an image, by the kubelet's rule: equal ports, as
 * many parts of the host, each taken by a shell pattern, and a path that the image's path begins with. `image` is its
 * name without tag and digest: `docker.io/library/busybox`.
 */
export function matchesImage(key: string, image: string): boolean {
	const pattern = readLocation(key);
	const name = readLocation(image);
	if (!pattern || !name || pattern.port !== name.port || pattern.labels.length !== name.labels.length) return false;
	if (!name.path.startsWith(pattern.path)) return false;
	return pattern.labels.every((label, index) => matchesGlob(label, name.labels[index] ?? ''));
}

/** Whether an entry of `matchImages` can be read at all. */
export function isImagePattern(text: string): boolean {
	return readLocation(text) !== undefined;
}

/**
 * Whether an image is Docker Hub's: its credentials may then stand under `index.docker.io`. The kubelet takes every host
 * without dot and port for Docker Hub, and so gives its login to whoever is called `localhost`, or `EVIL` in the name
 * `EVIL/app`, which is a host because of its capitals. Here a login goes to the host that it is for.
 */
export function isDockerHubImage(image: string): boolean {
	return /^(?:index\.)?docker\.io\//.test(image);
}

/** The order in which the kubelet tries keys: backwards by bytes, so that the longer one comes before its beginning. */
export function compareKeys(a: string, b: string): number {
	return Buffer.compare(Buffer.from(b), Buffer.from(a));
}

/**
 * Reads a text as Go's net/url reads `https://` and it. Brackets stand for an IPv6 address, and a colon for a port, only
 * since Go 1.25.2 and 1.26; older kubelets are laxer with what no registry has.
 */
function readLocation(text: string): Location | undefined {
	if (controls.test(text)) return undefined;
	const [, authority = '', path = '', fragment = ''] = /^([^/?#]*)([^?#]*)[^#]*(.*)$/s.exec(text) ?? [];
	const at = authority.lastIndexOf('@');
	const host = authority.slice(at + 1);
	if (!userPattern.test(authority.slice(0, Math.max(0, at))) || !isHost(host)) return undefined;
	if (![path, fragment].every((part) => isEscaped(part))) return undefined;
	const [name, port] = splitPort(host);
	return { host, labels: name.split('.'), port, path: decoded(path) };
}

function isHost(host: string): boolean {
	return host.startsWith('[') ? bracketed.test(host) : plainHost.test(host);
}

/** Host and port as Go's `net.SplitHostPort` splits them; where it cannot, all of it is the host. */
function splitPort(host: string): readonly [string, string] {
	const [, inBrackets, plain, port = ''] = /^(?:\[(.*)\]|([^:[\]]*)):(\d*)$/.exec(host) ?? [];
	const name = inBrackets ?? plain;
	return name === undefined ? [host, ''] : [name, port];
}

/** Whether each percent sign begins two hexadecimal digits. */
function isEscaped(text: string): boolean {
	return !/%(?![\dA-Fa-f]{2})/.test(text);
}

function decoded(path: string): string {
	if (!path.includes('%')) return path;
	const bytes = Buffer.from(path).toString('latin1');
	const plain = bytes.replaceAll(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return Buffer.from(plain, 'latin1').toString();
}
