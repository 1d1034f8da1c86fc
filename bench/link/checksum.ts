const ethernetHeader = 14;
const ipv4 = 0x0800;
const tcp = 6;

/**
 * Fills in the TCP checksum of an Ethernet frame with IPv4; anything else stays as it is. Linux leaves that sum to the
 * network card, and a frame that was taken out of a tunnel by a program has met none:
 * https://docs.kernel.org/networking/checksum-offloads.html, https://www.rfc-editor.org/rfc/rfc9293#section-3.1.
 */
export function fillChecksum(frame: Buffer): void {
	const packet = frame.subarray(ethernetHeader);
	if (packet.length < 40 || frame.readUInt16BE(12) !== ipv4 || packet.readUInt8(9) !== tcp) return;
	const header = (packet.readUInt8(0) & 15) * 4;
	const segment = packet.subarray(header, packet.readUInt16BE(2));
	if (segment.length < 20) return;
	segment.writeUInt16BE(0, 16);
	const addresses = packet.subarray(12, 20);
	segment.writeUInt16BE(~folded(tcp + segment.length + sumOf(addresses) + sumOf(segment)) & 0xffff, 16);
}

/** Of all 16-bit words; an odd byte at the end is followed by a zero. Never more than a Number holds exactly. */
function sumOf(bytes: Buffer): number {
	let sum = 0;
	for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
	return bytes.length % 2 === 1 ? sum + bytes.readUInt8(bytes.length - 1) * 256 : sum;
}

const folded = (sum: number): number => (sum > 0xffff ? folded((sum & 0xffff) + (sum >>> 16)) : sum);
