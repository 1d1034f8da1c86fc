import { isIP } from 'node:net';

import { printable } from '../registry/redact.ts';
import type { NodeFault } from './fault.ts';
import { readIpLiteral } from './ipLiteral.ts';
import { readFields, readLines } from './lines.ts';
import { defaultOptions, readOption, type ResolverOptions } from './resolverOptions.ts';

/** A nameserver of the node. */
export interface Nameserver {
	readonly address: string;
	readonly port: number;
}

/** What resolv.conf says, read as Go's resolver reads it (https://go.dev/src/net/dnsconfig_unix.go). */
export interface ResolvConf extends ResolverOptions {
	/** At most three, in order. */
	readonly nameservers: readonly Nameserver[];
	/** Each without the dot at the end. */
	readonly search: readonly string[];
	/** Keywords and options that Go does not know, at most ten: with libc at hand Go leaves all names to it. */
	readonly unknown: readonly string[];
	/** What Go passes over. */
	readonly faults: readonly NodeFault[];
}

export const resolvConfFile = '/etc/resolv.conf';
const mostNameservers = 3;
/** More than Go's three, for what is only told. */
const mostTold = 10;
/** More characters than an IPv6 address and the name of an interface have. */
const longestAddress = 64;
/** Go has no bound; every domain costs questions to every nameserver. */
const mostSearch = 100;

/** What Go asks when the file names no server. */
const defaultNameservers: readonly Nameserver[] = [
	{ address: '127.0.0.1', port: 53 },
	{ address: '::1', port: 53 },
];

/** Reads the text of resolv.conf; undefined (no file) gives Go's defaults. Never throws. */
export function readResolvConf(text: string | undefined, hostname = ''): ResolvConf {
	const { nameservers, faults } = readNameservers(text ?? '');
	let search: readonly string[] = [];
	let options: ResolverOptions = defaultOptions;
	const unknown: string[] = [];
	for (const { keyword, values } of readSettings(text ?? '')) {
		if (keyword === 'domain') search = values.length > 0 ? values.slice(0, 1).map(rooted) : search;
		else if (keyword === 'search') search = values.map(rooted).filter((name) => name !== '.');
		else if (keyword === 'options') {
			for (const option of values) {
				const changed = readOption(option);
				if (changed) options = { ...options, ...changed };
				else unknown.push(option);
			}
		} else if (keyword !== 'nameserver' && keyword !== 'lookup') unknown.push(keyword);
	}
	const domains = search.length > 0 ? search : domainOf(hostname).map(rooted);
	return {
		nameservers: nameservers.length > 0 ? nameservers.slice(0, mostNameservers) : defaultNameservers,
		search: domains
			.filter((name) => name !== '.')
			.map((name) => name.slice(0, -1))
			.slice(0, mostSearch),
		...options,
		unknown: unknown.slice(0, mostTold).map((word) => printable(word, 60)),
		faults,
	};
}

/** All nameservers of a text, also those that Go does not ask; at most ten. */
export function readNameservers(text: string): Pick<ResolvConf, 'nameservers' | 'faults'> {
	const nameservers: Nameserver[] = [];
	const faults: NodeFault[] = [];
	for (const { keyword, values, line } of readSettings(text)) {
		const [value = ''] = values;
		if (keyword !== 'nameserver' || nameservers.length + faults.length >= 2 * mostTold) continue;
		const server = readNameserver(value);
		if (server) nameservers.push(server);
		const fault = server ? surplus(server, nameservers.length) : noAddress(value);
		if (fault) faults.push({ file: resolvConfFile, line, ...fault });
	}
	return { nameservers: nameservers.slice(0, mostTold), faults: faults.slice(0, mostTold) };
}

interface Setting {
	readonly keyword: string;
	readonly values: readonly string[];
	readonly line: number;
}

function readSettings(text: string): Setting[] {
	return readLines(text).flatMap((line, at) => {
		const [keyword, ...values] = /^[#;]/.test(line) ? [] : readFields(line);
		return keyword === undefined ? [] : [{ keyword, values, line: at + 1 }];
	});
}

/** An address; `address:port` and `[address]:port` are our extension, for nameservers that do not listen on 53. */
function readNameserver(text: string): Nameserver | undefined {
	if (readIpLiteral(text) !== undefined) return { address: printable(text, longestAddress), port: 53 };
	const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([\d.]+)):(\d{1,5})$/.exec(text) ?? [];
	const address = bracketed ?? plain ?? '';
	const number = Number(port);
	return isIP(address) !== 0 && number >= 1 && number <= 65_535 ? { address, port: number } : undefined;
}

function surplus({ address }: Nameserver, count: number): Pick<NodeFault, 'fault' | 'detail'> | undefined {
	if (count <= mostNameservers) return undefined;
	return { fault: 'setting_ignored', detail: `${address} is nameserver ${count}; the runtime asks the first three` };
}

function noAddress(text: string): Pick<NodeFault, 'fault' | 'detail'> {
	const shown = JSON.stringify(printable(text, 60));
	return { fault: 'setting_invalid', detail: `nameserver ${shown} is no address; the runtime passes over the line` };
}

function domainOf(hostname: string): string[] {
	const dot = hostname.indexOf('.');
	return dot >= 0 && dot < hostname.length - 1 ? [hostname.slice(dot + 1)] : [];
}

const rooted = (name: string) => (name.endsWith('.') ? name : `${name}.`);
