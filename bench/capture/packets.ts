/** A TCP segment as it passed a network interface. */
export interface Segment {
	/** In milliseconds of the system's clock. */
	readonly at: number;
	readonly from: number;
	readonly to: number;
	readonly syn: boolean;
	/** What it carries, as far as it was recorded. */
	readonly payload: Buffer;
	/** Bytes that it carries. */
	readonly length: number;
}

const fileHeader = 24;
const recordHeader = 16;
const ethernetHeader = 14;

/**
 * The TCP segments over IPv4 in a capture file of an Ethernet-like interface (Linux' `lo` is one), with stamps in
 * microseconds: https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/. A record that was cut off ends the list.
 * Throws `TypeError` for another kind of file.
 */
export function readSegments(file: Buffer): Segment[] {
	if (file.length < fileHeader || file.readUInt32LE(0) !== 0xa1b2c3d4 || file.readUInt32LE(20) !== 1)
		throw new TypeError('not a capture file of an Ethernet interface');
	const segments: Segment[] = [];
	for (let at = fileHeader; at + recordHeader <= file.length;) {
		const length = file.readUInt32LE(at + 8);
		const packet = file.subarray(at + recordHeader, at + recordHeader + length);
		if (packet.length < length) break;
		const stamp = file.readUInt32LE(at) * 1000 + file.readUInt32LE(at + 4) / 1000;
		const segment = readSegment(packet.subarray(ethernetHeader), stamp);
		if (segment) segments.push(segment);
		at += recordHeader + length;
	}
	return segments;
}

/** https://www.rfc-editor.org/rfc/rfc791#section-3.1, https://www.rfc-editor.org/rfc/rfc9293#section-3.1. */
function readSegment(packet: Buffer, at: number): Segment | undefined {
	const isTcp = packet.length >= 40 && packet.readUInt8(0) >> 4 === 4 && packet.readUInt8(9) === 6;
	if (!isTcp) return undefined;
	const ipHeader = (packet.readUInt8(0) & 15) * 4;
	const tcp = packet.subarray(ipHeader);
	if (tcp.length < 20) return undefined;
	const tcpHeader = (tcp.readUInt8(12) >> 4) * 4;
	return {
		at,
		from: tcp.readUInt16BE(0),
		to: tcp.readUInt16BE(2),
		syn: (tcp.readUInt8(13) & 2) !== 0,
		payload: tcp.subarray(tcpHeader),
		length: packet.readUInt16BE(2) - ipHeader - tcpHeader,
	};
}
