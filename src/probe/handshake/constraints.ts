import type { X509Certificate } from 'node:crypto';

import type { Constraints, Names } from './extensions.ts';
import { namesOf } from './known.ts';

/** Whether an authority's name constraints forbid it to sign for this leaf (RFC 5280, 4.2.1.10, as Go applies it to DNS names and addresses). */
export function violates(leaf: X509Certificate | undefined, { permitted, excluded }: Constraints): boolean {
	if (permitted.dns.length + permitted.ip.length + excluded.dns.length + excluded.ip.length === 0) return false;
	const own = leaf ? namesOf(leaf) : { dns: [], ip: [] };
	const dnsAllowed = (name: string) => !inDns(name, excluded) && (permitted.dns.length === 0 || inDns(name, permitted));
	const ipAllowed = (address: Uint8Array) =>
		!inIp(address, excluded) && (permitted.ip.length === 0 || inIp(address, permitted));
	return !own.dns.every(dnsAllowed) || !own.ip.every(ipAllowed);
}

function inDns(name: string, { dns }: Names): boolean {
	return dns.some((suffix) => {
		if (suffix === '') return true;
		return suffix.startsWith('.') ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`);
	});
}

function inIp(address: Uint8Array, { ip }: Names): boolean {
	return ip.some((range) => {
		const mask = range.subarray(address.length);
		const fits = address.every((byte, at) => ((byte ^ (range[at] ?? 0)) & (mask[at] ?? 0)) === 0);
		return range.length === address.length * 2 && fits;
	});
}
