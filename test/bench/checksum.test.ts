import { expect, test } from 'vitest';
import { fillChecksum } from '../../bench/link/checksum.ts';

/** A SYN as a tunnel takes it from the sender's Linux: without a sum. */
const syn = Buffer.from(
	'02426e0a4c7f0242ac110002' +
		'0800' +
		'4500003c1c4640004006b1e6ac100a63ac100a0c' +
		'c3501f90a1b2c3d400000000a002faf000000000020405b40402080a0102030400000000010303' +
		'07',
	'hex',
);

/** What a receiver does: the sum of everything, the checksum itself included, must be all ones. */
function verifies(frame: Buffer): boolean {
	const packet = frame.subarray(14);
	const segment = packet.subarray(20, packet.readUInt16BE(2));
	const pseudo = Buffer.alloc(4);
	pseudo.writeUInt16BE(6);
	pseudo.writeUInt16BE(segment.length, 2);
	const bytes = Buffer.concat([packet.subarray(12, 20), pseudo, segment, Buffer.alloc(segment.length % 2)]);
	let sum = 0;
	for (let at = 0; at < bytes.length; at += 2) {
		sum += bytes.readUInt16BE(at);
		sum = (sum & 0xffff) + (sum >>> 16);
	}
	return sum === 0xffff;
}

test.each([0, 1, 1398])('a segment with %d bytes gets a sum that its receiver takes', (length) => {
	const frame = Buffer.concat([syn, Buffer.alloc(length, 0xe7)]);
	frame.writeUInt16BE(60 + length, 16);
	expect(verifies(frame)).toBe(false);
	fillChecksum(frame);
	expect(verifies(frame)).toBe(true);
});

test('padding below the smallest frame is not summed', () => {
	const padded = Buffer.concat([syn, Buffer.alloc(6, 0xff)]);
	fillChecksum(padded);
	expect(verifies(padded)).toBe(true);
});

test('what is no whole TCP segment over IPv4 stays as it is', () => {
	const udp = Buffer.from(syn);
	udp.writeUInt8(17, 23);
	const arp = Buffer.from(syn);
	arp.writeUInt16BE(0x0806, 12);
	for (const frame of [udp, arp, Buffer.alloc(0), syn.subarray(0, 40)]) {
		const before = frame.toString('hex');
		fillChecksum(frame);
		expect(frame.toString('hex')).toBe(before);
	}
});
