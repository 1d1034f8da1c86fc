import type { X509Certificate } from 'node:crypto';

import { bytesOf, familyOf } from '../resolve/address.ts';
import type { Constraints, Names } from './extensions.ts';

/** Whether an authority's name constraints forbid it to sign for this leaf (RFC 5280, 4.2.1.10, as Go applies it to DNS names and addresses). */
export function violates(leaf: X509Certificate | undefined, { permitted, excluded }: Constraints): boolean {
	if (permitted.dns.length + permitted.ip.length + excluded.dns.length + excluded.ip.length === 0) return false;
	const parts = (leaf?.subjectAltName ?? '').split(', ');
	const names = parts.flatMap((part) => (part.startsWith('DNS:') ? [part.slice(4).toLowerCase()] : []));
	const addresses = parts.flatMap((part) => (part.startsWith('IP Address:') ? [part.slice(11)] : []));
	const dnsAllowed = (name: string) => !inDns(name, excluded) && (permitted.dns.length === 0 || inDns(name, permitted));
	const ipAllowed = (address: string) =>
		!inIp(address, excluded) && (permitted.ip.length === 0 || inIp(address, permitted));
	return !names.every(dnsAllowed) || !addresses.every(ipAllowed);
}

function inDns(name: string, { dns }: Names): boolean {
	return dns.some((suffix) => {
		if (suffix === '') return true;
		return suffix.startsWith('.') ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`);
	});
}

function inIp(address: string, { ip }: Names): boolean {
	const bytes = bytesOf(address);
	if (!bytes) return false;
	const mine = familyOf(address) === 'ipv4' ? bytes.subarray(12) : bytes;
	return ip.some((range) => {
		const mask = range.subarray(mine.length);
		return (
			range.length === mine.length * 2 && mine.every((byte, at) => ((byte ^ (range[at] ?? 0)) & (mask[at] ?? 0)) === 0)
		);
	});
}
