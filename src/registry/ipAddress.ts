import { isIPv4, isIPv6 } from 'node:net';

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/**
 * The bytes of an IP literal: 4 for IPv4 and for IPv4 mapped into IPv6, as Go counts them, else 16.
 * Undefined when the text is no address. A zone (`%eth0`) is not part of an address.
 */
export function ipBytes(text: string): readonly number[] | undefined {
	if (isIPv4(text)) return text.split('.').map(Number);
	const bytes = ipv6Bytes(text);
	return bytes && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** The 16 bytes of an IPv6 literal, mapped ones included. Undefined when the text is none. */
export function ipv6Bytes(text: string): readonly number[] | undefined {
	if (!isIPv6(text) || text.includes('%')) return undefined;
	const [head = '', tail] = text.split('::');
	const front = groupBytes(head);
	if (tail === undefined) return front;
	const back = groupBytes(tail);
	return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back];
}

/** Whether 16 bytes are an IPv4 address in IPv6 clothes: `::ffff:192.0.2.1`. */
export function isMapped(bytes: readonly number[]): boolean {
	return mappedPrefix.every((byte, index) => bytes[index] === byte);
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback(bytes: readonly number[]): boolean {
	if (bytes.length === 4) return bytes[0] === 127;
	return bytes.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

/** The text of 16 bytes in the canonical form of RFC 5952: lower case, the longest run of zeros as `::`. */
export function formatIpv6(bytes: readonly number[]): string {
	const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
	const { start, length } = longestZeros(groups);
	const text = (from: number, to?: number) =>
		groups
			.slice(from, to)
			.map((group) => group.toString(16))
			.join(':');
	return length < 2 ? text(0) : `${text(0, start)}::${text(start + length)}`;
}

function groupBytes(text: string): number[] {
	if (text === '') return [];
	return text.split(':').flatMap((group) => {
		if (group.includes('.')) return group.split('.').map(Number);
		const value = Number.parseInt(group, 16);
		return [value >> 8, value & 0xff];
	});
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
	let best = { start: 0, length: 0 };
	let start = 0;
	for (const [index, group] of groups.entries()) {
		if (group !== 0) start = index + 1;
		else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
	}
	return best;
}
