import { isIPv4 } from 'node:net';

import { ipv6Bytes } from './ipAddress.ts';

/** The 16 bytes of an address, IPv4 as IPv4-mapped; undefined for anything else. A zone is dropped. */
export function bytesOf(address: string): Uint8Array | undefined {
	const plain = withoutZone(address);
	const bytes = isIPv4(plain) ? ipv6Bytes(`::ffff:${plain}`) : ipv6Bytes(plain);
	return bytes && Uint8Array.from(bytes);
}

const withoutZone = (address: string) => address.replace(/%.*$/, '');

/** The IPv4 address inside an IPv4-mapped address (RFC 4291, 2.5.5.2). */
export function mappedIPv4(address: string): string | undefined {
	return ipv4Behind(address, [...Array<number>(10).fill(0), 0xff, 0xff]);
}

/** The IPv4 address that NAT64 leads to, where its prefix is the well-known one (RFC 6052, 2.1). */
export function translatedIPv4(address: string): string | undefined {
	return ipv4Behind(address, [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]);
}

/** Prefixes whose last four bytes are the IPv4 address that a packet would reach: NAT64 of a site (RFC 8215), and what IPv4-compatible addresses were (RFC 4291, 2.5.5.1). */
const translating = [
	[0, 0x64, 0xff, 0x9b, 0, 1, 0, 0, 0, 0, 0, 0],
	[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];

/** The IPv4 address that a packet would reach in the end. */
function reachedIPv4(address: string): string | undefined {
	const known = mappedIPv4(address) ?? translatedIPv4(address) ?? relayedIPv4(address);
	return known ?? translating.map((prefix) => ipv4Behind(address, prefix)).find((found) => found !== undefined);
}

/** The IPv4 address of the router that 6to4 hands a packet to (RFC 3056). */
function relayedIPv4(address: string): string | undefined {
	const bytes = isIPv4(address) ? undefined : bytesOf(address);
	return bytes?.[0] === 0x20 && bytes[1] === 0x02 ? bytes.subarray(2, 6).join('.') : undefined;
}

function ipv4Behind(address: string, prefix: readonly number[]): string | undefined {
	const bytes = isIPv4(address) ? undefined : bytesOf(address);
	return bytes && prefix.every((byte, at) => bytes[at] === byte) ? bytes.subarray(12).join('.') : undefined;
}

/** Loopback, or unspecified, which connects to loopback. */
export function isLoopback(address: string): boolean {
	const plain = reachedIPv4(address) ?? withoutZone(address);
	if (isIPv4(plain)) return plain.startsWith('127.') || plain.startsWith('0.');
	const bytes = bytesOf(plain);
	return bytes !== undefined && bytes.subarray(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1;
}

/** Addresses of cloud metadata services beyond the link-local ranges: Alibaba, Oracle, Azure; Google, Oracle, Scaleway, Linode by IPv6. */
const metadata = new Set([
	'100.100.100.200',
	'192.0.0.192',
	'168.63.129.16',
	...['fd20:ce::254', 'fd00:c1::a9fe:a9fe', 'fd00:42::42', 'fd00:a9fe:a9fe::1'].map(bytesText),
]);
/** Of AWS, for metadata, time, names and the credentials of pods: fd00:ec2::/32. */
const amazon = [0xfd, 0x00, 0x0e, 0xc2];

/** Link-local (RFC 3927, RFC 4291) or a cloud's metadata service: a registry has no business to send anyone there. */
export function isLinkLocalOrMetadata(address: string): boolean {
	const plain = reachedIPv4(address) ?? withoutZone(address);
	if (isIPv4(plain)) return plain.startsWith('169.254.') || metadata.has(plain);
	const bytes = bytesOf(plain);
	if (!bytes) return false;
	const [first = 0, second = 0] = bytes;
	const isLinkLocal = first === 0xfe && (second & 0xc0) === 0x80;
	return isLinkLocal || amazon.every((byte, at) => bytes[at] === byte) || metadata.has(bytesText(plain));
}

/** The same text for every way to write an address. */
function bytesText(address: string): string {
	return bytesOf(address)?.join('.') ?? '';
}
