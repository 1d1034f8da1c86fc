import { isIP } from 'node:net';

/** A nameserver of the node. */
export interface Nameserver {
	readonly address: string;
	readonly port: number;
}

/** What resolv.conf says, read as Go's resolver reads it (https://go.dev/src/net/dnsconfig_unix.go). */
export interface ResolvConf {
	/** At most three, in order. */
	readonly nameservers: readonly Nameserver[];
	/** Without dots at the ends. */
	readonly search: readonly string[];
	readonly ndots: number;
	/** Seconds that one try waits. */
	readonly timeout: number;
	readonly attempts: number;
	readonly rotate: boolean;
	/** Ask over TCP at once. */
	readonly useTcp: boolean;
	/** Ask for A and AAAA one after the other. */
	readonly singleRequest: boolean;
}

const maximumNameservers = 3;
/** What Go asks when the file names no server. */
const defaultNameservers: readonly Nameserver[] = [
	{ address: '127.0.0.1', port: 53 },
	{ address: '::1', port: 53 },
];

/** Reads the text of resolv.conf; undefined (no file) gives Go's defaults. Never throws. */
export function readResolvConf(text: string | undefined, hostname = ''): ResolvConf {
	const nameservers: Nameserver[] = [];
	let search = domainOf(hostname);
	const options: string[] = [];
	for (const line of (text ?? '').split('\n', 2000)) {
		if (line.startsWith('#') || line.startsWith(';')) continue;
		const [keyword, ...values] = line.trim().split(/\s+/);
		const server = keyword === 'nameserver' ? readNameserver(values[0] ?? '') : undefined;
		if (server && nameservers.length < maximumNameservers) nameservers.push(server);
		if (keyword === 'domain') search = values.slice(0, 1).map(withoutDot).filter(Boolean);
		if (keyword === 'search') search = values.map(withoutDot).filter(Boolean);
		if (keyword === 'options') options.push(...values);
	}
	return { nameservers: nameservers.length > 0 ? nameservers : defaultNameservers, search, ...readOptions(options) };
}

function readOptions(options: readonly string[]): Omit<ResolvConf, 'nameservers' | 'search'> {
	const number = (name: string, fallback: number, least: number, most: number) => {
		const value = options.findLast((option) => option.startsWith(`${name}:`))?.slice(name.length + 1);
		const parsed = value === undefined ? fallback : Number.parseInt(value, 10) || 0;
		return Math.min(Math.max(parsed, least), most);
	};
	const has = (...names: string[]) => options.some((option) => names.includes(option));
	return {
		ndots: number('ndots', 1, 0, 15),
		timeout: number('timeout', 5, 1, 60),
		attempts: number('attempts', 2, 1, 10),
		rotate: has('rotate'),
		useTcp: has('use-vc', 'usevc', 'tcp'),
		singleRequest: has('single-request', 'single-request-reopen'),
	};
}

/** An address; `address:port` and `[address]:port` are our extension, for nameservers that do not listen on 53. */
function readNameserver(text: string): Nameserver | undefined {
	const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
	const address = bracketed ?? plain ?? text;
	const number = port === undefined ? 53 : Number(port);
	if (isIP(address.replace(/%.*$/, '')) === 0 || number < 1 || number > 65_535) return undefined;
	return { address, port: number };
}

function domainOf(hostname: string): string[] {
	const dot = hostname.indexOf('.');
	return dot > 0 && dot < hostname.length - 1 ? [hostname.slice(dot + 1)] : [];
}

const withoutDot = (name: string) => name.replace(/^\.+|\.+$/g, '');
