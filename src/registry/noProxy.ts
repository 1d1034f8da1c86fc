import { asciiName } from './asciiName.ts';
import type { Endpoint } from './endpoint.ts';
import { ipBytes, ipv6Bytes, isLoopback, isMapped } from './ipAddress.ts';
import { trimmed } from './trimmed.ts';

/** Where a request goes, as NO_PROXY is asked about it. */
interface Destination {
	readonly hostname: string;
	readonly port: string;
	/** Set when the host is an address. */
	readonly ip?: readonly number[];
}

/**
 * Whether a host is reached directly although a proxy is set, by the rules of Go
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy): `localhost` and loopback addresses always; `*` anywhere in the
 * list excepts all; `10.0.0.0/8` and addresses match hosts that are written as addresses, names are never resolved;
 * `corp` matches itself and all below, `.corp` and `*.corp` only what is below; `:port` must be the port that is dialled.
 */
export function bypassesProxy(endpoint: Endpoint, noProxy: string): boolean {
	const { hostname, port } = endpoint;
	const ip = ipBytes(withoutZone(hostname));
	if (ip ? isLoopback(ip) : hostname === 'localhost') return true;
	const destination = { hostname: hostname.toLowerCase(), port: String(port), ...(ip && { ip }) };
	const entries = noProxy.split(',').map((entry) => trim(entry).toLowerCase());
	return entries.includes('*') || entries.some((entry) => matches(entry, destination));
}

/** White space as Go sees it, NEL too; it drops the byte order mark a little later, with all that a name ignores. */
const trim = (text: string) => trimmed(text, (character) => /[\s\u0085]/.test(character));

function matches(entry: string, destination: Destination): boolean {
	const network = readNetwork(entry);
	if (network) return destination.ip !== undefined && contains(network, destination.ip);
	const { host, port } = splitPort(entry);
	if (host === '' || (port !== '' && port !== destination.port)) return false;
	const ip = ipBytes(host);
	if (ip) return destination.ip !== undefined && sameBytes(ip, destination.ip);
	return destination.ip === undefined && matchesName(host, destination.hostname);
}

function matchesName(entry: string, hostname: string): boolean {
	const pattern = asciiName(entry.startsWith('*.') ? entry.slice(1) : entry);
	if (pattern.startsWith('.')) return hostname.endsWith(pattern);
	return hostname === pattern || hostname.endsWith(`.${pattern}`);
}

/** An entry in `host:port` form comes apart; all else, a bare IPv6 address included, is a host. */
function splitPort(entry: string): { host: string; port: string } {
	const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry) ?? [];
	return port === undefined ? { host: entry, port: '' } : { host: bracketed ?? plain ?? '', port };
}

interface Network {
	readonly bytes: readonly number[];
	readonly bits: number;
}

function readNetwork(entry: string): Network | undefined {
	const [, address = '', digits] = /^([^/]+)\/0*(\d{1,3})$/.exec(entry) ?? [];
	const bytes = ipv6Bytes(address) ?? ipBytes(address);
	if (!bytes || digits === undefined || Number(digits) > bytes.length * 8) return undefined;
	const bits = Number(digits);
	return bytes.length === 16 && isMapped(bytes) && bits >= 96
		? { bytes: bytes.slice(12), bits: bits - 96 }
		: { bytes, bits };
}

function contains({ bytes, bits }: Network, ip: readonly number[]): boolean {
	if (bytes.length !== ip.length) return false;
	return bytes.every((byte, at) => {
		const shift = 8 - Math.min(8, Math.max(0, bits - at * 8));
		return byte >> shift === (ip[at] ?? 0) >> shift;
	});
}

function sameBytes(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function withoutZone(hostname: string): string {
	return hostname.includes(':') ? hostname.replace(/%.*$/s, '') : hostname;
}
