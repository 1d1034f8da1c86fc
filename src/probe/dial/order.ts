import { createSocket } from 'node:dgram';

import { bytesOf } from '../../registry/reservedAddress.ts';
import { familyOf } from '../resolve/address.ts';

/** One row of RFC 6724's policy table, the longest prefix first. */
interface Policy {
	readonly prefix: readonly number[];
	readonly bits: number;
	readonly precedence: number;
	readonly label: number;
}

/** The default policy table (RFC 6724, 2.1), as Go has it (https://go.dev/src/net/addrselect.go). */
const policies: readonly Policy[] = [
	{ prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], bits: 128, precedence: 50, label: 0 },
	{ prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], bits: 96, precedence: 35, label: 4 },
	{ prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96, precedence: 1, label: 3 },
	{ prefix: [0x20, 0x01, 0, 0], bits: 32, precedence: 5, label: 5 },
	{ prefix: [0x20, 0x02], bits: 16, precedence: 30, label: 2 },
	{ prefix: [0x3f, 0xfe], bits: 16, precedence: 1, label: 12 },
	{ prefix: [0xfe, 0xc0], bits: 10, precedence: 1, label: 11 },
	{ prefix: [0xfc], bits: 7, precedence: 3, label: 13 },
	{ prefix: [], bits: 0, precedence: 40, label: 1 },
];

interface Candidate {
	readonly address: string;
	readonly bytes: Uint8Array;
	/** The address that the kernel would send from; none: no route. */
	readonly source: Uint8Array | undefined;
}

/** Sorts addresses in the order in which Go dials them (RFC 6724, section 6). Asks the kernel for source addresses; sends nothing. */
export async function inDialOrder(addresses: readonly string[]): Promise<string[]> {
	if (addresses.length < 2) return [...addresses];
	const candidates = await Promise.all(addresses.map(candidate));
	return candidates.toSorted(compare).map(({ address }) => address);
}

async function candidate(address: string): Promise<Candidate> {
	const source = await sourceFor(address);
	return {
		address,
		bytes: bytesOf(address) ?? new Uint8Array(16),
		source: source === undefined ? undefined : bytesOf(source),
	};
}

/** A connected UDP socket sends nothing, but knows its own address. */
async function sourceFor(address: string): Promise<string | undefined> {
	const socket = createSocket(familyOf(address) === 'ipv4' ? 'udp4' : 'udp6');
	try {
		return await new Promise((resolve) => {
			socket.once('error', () => resolve(undefined));
			// Its types do not say so, but the callback is where Node tells that there is no route.
			const connected = (failure?: Error) => resolve(failure ? undefined : socket.address().address);
			socket.connect(9, address, connected);
		});
	} finally {
		socket.close();
	}
}

function compare(a: Candidate, b: Candidate): number {
	// Rule 1: avoid unusable destinations.
	if (!a.source || !b.source) return Number(!a.source) - Number(!b.source);
	// Rule 2: prefer a matching scope. Rule 5: prefer a matching label.
	const scope = better(scopeOf(a.bytes) === scopeOf(a.source), scopeOf(b.bytes) === scopeOf(b.source));
	if (scope !== 0) return scope;
	const [policyA, policyB] = [policyOf(a.bytes), policyOf(b.bytes)];
	const label = better(policyOf(a.source).label === policyA.label, policyOf(b.source).label === policyB.label);
	if (label !== 0) return label;
	// Rule 6: prefer higher precedence. Rule 8: prefer smaller scope.
	if (policyA.precedence !== policyB.precedence) return policyB.precedence - policyA.precedence;
	if (scopeOf(a.bytes) !== scopeOf(b.bytes)) return scopeOf(a.bytes) - scopeOf(b.bytes);
	// Rule 9: the longest matching prefix, for IPv6 only (Go leaves IPv4 as DNS gave it).
	if (familyOf(a.address) === 'ipv6' && familyOf(b.address) === 'ipv6') {
		return commonBits(b.source, b.bytes) - commonBits(a.source, a.bytes);
	}
	return 0;
}

const better = (a: boolean, b: boolean) => Number(b) - Number(a);

function policyOf(bytes: Uint8Array): Policy {
	const found = policies.find(({ prefix, bits }) => {
		return prefix.every((byte, at) => {
			const mask = bits >= (at + 1) * 8 ? 0xff : (0xff << ((at + 1) * 8 - bits)) & 0xff;
			return ((bytes[at] ?? 0) & mask) === (byte & mask);
		});
	});
	return found ?? { prefix: [], bits: 0, precedence: 40, label: 1 };
}

/** RFC 6724, 3.1 and 3.2: interface-local 1, link-local 2, site-local 5, global 14. */
function scopeOf(bytes: Uint8Array): number {
	const [first = 0, second = 0] = bytes;
	if (first === 0xff) return second & 0x0f;
	const text = bytes.subarray(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 0xff))
		? bytes.subarray(12).join('.')
		: '';
	if (text.startsWith('169.254.') || text.startsWith('127.')) return 2;
	if (text === '' && bytes.subarray(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return 2;
	if (first === 0xfe && (second & 0xc0) === 0x80) return 2;
	return first === 0xfe && (second & 0xc0) === 0xc0 ? 5 : 14;
}

/** At most 64: beyond it are interface identifiers (Go's commonPrefixLen). */
function commonBits(a: Uint8Array, b: Uint8Array): number {
	let bits = 0;
	while (bits < 64 && bitAt(a, bits) === bitAt(b, bits)) bits++;
	return bits;
}

const bitAt = (bytes: Uint8Array, at: number) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
