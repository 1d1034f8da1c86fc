import { expect, test } from 'vitest';
import { handshakesOf } from '../../bench/capture/handshakes.ts';
import { readSegments } from '../../bench/capture/packets.ts';

const server = 443;

/** A frame of Ethernet, IPv4 and TCP; without checksums, which nobody reads. */
function frame(from: number, to: number, payload: string, syn = false): Buffer {
	const headers = Buffer.alloc(54);
	headers.writeUInt8(0x45, 14);
	headers.writeUInt16BE(40 + payload.length, 16);
	headers.writeUInt8(6, 23);
	headers.writeUInt16BE(from, 34);
	headers.writeUInt16BE(to, 36);
	headers.writeUInt8(0x50, 46);
	headers.writeUInt8(syn ? 2 : 16, 47);
	return Buffer.concat([headers, Buffer.from(payload)]);
}

/** A capture file; frames are stamped in microseconds. */
function file(frames: readonly (readonly [microseconds: number, frame: Buffer])[]): Buffer {
	const header = Buffer.alloc(24);
	header.writeUInt32LE(0xa1b2c3d4, 0);
	header.writeUInt32LE(1, 20);
	const records = frames.map(([microseconds, bytes]) => {
		const record = Buffer.alloc(16);
		record.writeUInt32LE(microseconds, 4);
		record.writeUInt32LE(bytes.length, 8);
		return Buffer.concat([record, bytes]);
	});
	return Buffer.concat([header, ...records]);
}

/** A handshake whose SYN passed at `at` on the client's port: 100 µs to connect, 900 µs for TLS. */
const handshake = (client: number, at: number, name: string) =>
	[
		[at, frame(client, server, '', true)],
		[at + 100, frame(server, client, '', true)],
		[at + 500, frame(client, server, `hello ${name}`)],
		[at + 1000, frame(server, client, 'hello')],
		[at + 1400, frame(server, client, 'finished')],
		[at + 2000, frame(client, server, 'finished')],
		[at + 2100, frame(server, client, 'ticket')],
	] as const;

test('handshakes are found with their names and the times of the wire', () => {
	const frames = [...handshake(50_001, 0, 'r7.bench.test'), ...handshake(50_002, 9000, 'r8.bench.test').slice(0, 6)];
	const found = handshakesOf(readSegments(file(frames)), server);
	expect(found.map(({ name, at }) => [name, at])).toEqual([
		['r7.bench.test', 0],
		['r8.bench.test', 9],
	]);
	expect(found[0]?.connect).toBeCloseTo(0.1);
	expect(found[0]?.tls).toBeCloseTo(0.9);
});

test('a hello of two segments is one, whichever holds the name', () => {
	const [syn, answer, , ...rest] = handshake(50_001, 0, '');
	const halves = [
		[500, frame(50_001, server, 'hello r7.bench')],
		[510, frame(50_001, server, '.test')],
	] as const;
	const [found] = handshakesOf(readSegments(file([syn, answer, ...halves, ...rest])), server);
	expect(found?.name).toBe('r7.bench.test');
	expect(found?.tls).toBeCloseTo(0.9);
});

test('a port that is used again is another connection', () => {
	const frames = [...handshake(50_001, 0, 'r1.bench.test'), ...handshake(50_001, 9000, 'r2.bench.test')];
	const names = handshakesOf(readSegments(file(frames)), server).map(({ name }) => name);
	expect(names).toEqual(['r1.bench.test', 'r2.bench.test']);
});

test('half a handshake, and another port, are none', () => {
	const frames = handshake(50_001, 0, 'r1.bench.test');
	expect(handshakesOf(readSegments(file(frames.slice(0, 5))), server)).toEqual([]);
	expect(handshakesOf(readSegments(file(frames)), 8443)).toEqual([]);
});

test('another kind of file is refused', () => {
	expect(() => readSegments(Buffer.alloc(100))).toThrow('not a capture file');
});

test('a record that was cut off ends the list', () => {
	const whole = file(handshake(50_001, 0, 'r1.bench.test'));
	expect(readSegments(whole.subarray(0, -1))).toHaveLength(6);
	expect(readSegments(Buffer.concat([whole, Buffer.alloc(16, 0xff)]))).toHaveLength(7);
});
