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
/** What Go's net/url takes in a host beside letters, digits and everything that is not ASCII. */
const hostPattern = /^[\w.~!$&'()*+,;=:[\]<>"\u0080-\u{10FFFF}-]*$/u;
const optionalPort = /^(?::\d*)?$/;

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

/** Whether an image is Docker Hub's in the kubelet's eyes: its credentials may then stand under `index.docker.io`. */
export function isDockerHubImage(image: string): boolean {
	const [first = '', rest] = image.split('/', 2);
	if (first === '') return false;
	return rest === undefined || first === 'docker.io' || first === 'index.docker.io' || !/[.:]/.test(first);
}

/** The order in which the kubelet tries keys: backwards by bytes, so that the longer one comes before its beginning. */
export function compareKeys(a: string, b: string): number {
	return Buffer.compare(Buffer.from(b), Buffer.from(a));
}

/** Reads a text as Go's net/url reads `https://` and it. */
function readLocation(text: string): Location | undefined {
	if (controls.test(text)) return undefined;
	const [, authority = '', rawPath = ''] = /^([^/?#]*)([^?#]*)/s.exec(text) ?? [];
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	const path = decoded(rawPath);
	if (path === undefined || !isHost(host)) return undefined;
	const [name, port] = splitPort(host);
	return { host, labels: name.split('.'), port, path };
}

function isHost(host: string): boolean {
	if (!hostPattern.test(host)) return false;
	if (!host.startsWith('[')) return optionalPort.test(/:[^:]*$/.exec(host)?.[0] ?? '');
	const end = host.lastIndexOf(']');
	return end > 0 && optionalPort.test(host.slice(end + 1));
}

/** Host and port as Go's `net.SplitHostPort` splits them; where it cannot, all of it is the host. */
function splitPort(host: string): readonly [string, string] {
	const [, bracketed, plain, port = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):(\d*)$/.exec(host) ?? [];
	const name = bracketed ?? plain;
	return name === undefined ? [host, ''] : [name, port];
}

function decoded(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}
