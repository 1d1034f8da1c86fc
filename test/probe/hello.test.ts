import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { connect } from 'node:tls';

import { describe, expect, test } from 'vitest';

import { contextFor, type Hello } from '../../src/probe/handshake/context.ts';

/** What stands in a ClientHello (RFC 8446, 4.1.2). */
interface Greeting {
	readonly length: number;
	readonly ciphers: readonly number[];
	readonly extensions: ReadonlyMap<number, Buffer>;
}

const [supportedGroups, alpn, keyShare] = [10, 16, 51];

/** Reads one record that holds one ClientHello. */
function readHello(record: Buffer): Greeting {
	// The heads of the record and of the message, the version, the random bytes.
	let at = 5 + 4 + 2 + 32;
	/** What follows its own length, which is written in so many bytes. */
	const take = (width: number) => {
		const start = at + width;
		at = start + record.readUIntBE(at, width);
		return record.subarray(start, at);
	};
	take(1);
	const ciphers = numbersIn(take(2));
	take(1);
	const extensions = new Map<number, Buffer>();
	for (at += 2; at < record.length;) {
		const type = record.readUInt16BE(at);
		at += 2;
		extensions.set(type, take(2));
	}
	return { length: record.length, ciphers, extensions };
}

function numbersIn(bytes: Buffer): readonly number[] {
	return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(index * 2));
}

/** The groups of the keys in the extension (RFC 8446, 4.2.8). */
function sharesIn(bytes: Buffer): readonly number[] {
	const groups: number[] = [];
	for (let at = 2; at < bytes.length; at += 4 + bytes.readUInt16BE(at + 2)) groups.push(bytes.readUInt16BE(at));
	return groups;
}

/** The first record that a client sends. */
async function greeting(hello: Hello): Promise<Greeting> {
	await using server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const accepted = once(server, 'connection');
	const client = connect({
		port,
		host: '127.0.0.1',
		servername: 'registry.test',
		secureContext: contextFor(hello, []),
	});
	client.on('error', () => {});
	const [socket] = (await accepted) as [Socket];
	try {
		let record = Buffer.alloc(0);
		for await (const piece of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
			record = Buffer.concat([record, piece]);
			if (record.length >= 5 && record.length >= 5 + record.readUInt16BE(3)) break;
		}
		return readHello(record);
	} finally {
		socket.destroy();
		client.destroy();
	}
}

const [mlkem, x25519, p256, p384, p521] = [0x11ec, 29, 23, 24, 25];
const bytesOfPacket = 1460;

describe('greets as Go does', () => {
	test('with the hello of Go 1.24 and later, which takes two packets', async () => {
		const { length, extensions } = await greeting({ size: 'full', client: 'containerd' });
		expect(length).toBeGreaterThan(bytesOfPacket);
		expect(numbersIn(extensions.get(supportedGroups) ?? Buffer.alloc(0)).slice(1)).toEqual([
			mlkem,
			x25519,
			p256,
			p384,
			p521,
		]);
		expect(sharesIn(extensions.get(keyShare) ?? Buffer.alloc(0))).toEqual([mlkem, x25519]);
	});

	test('with the hello of an older Go, which fits into one', async () => {
		const { length, extensions } = await greeting({ size: 'classic', client: 'containerd' });
		expect(length).toBeLessThan(bytesOfPacket);
		expect(numbersIn(extensions.get(supportedGroups) ?? Buffer.alloc(0)).slice(1)).toEqual([x25519, p256, p384, p521]);
		expect(sharesIn(extensions.get(keyShare) ?? Buffer.alloc(0))).toEqual([x25519]);
	});

	test.each([
		['containerd', 13],
		['containerd of an older Go', 17],
		['cri-o', 9],
	] as const)('%s offers its suites, and no protocol above TLS', async (client, suites) => {
		const { ciphers, extensions } = await greeting({ size: 'classic', client });
		// One number beside the suites says that the client knows of secure renegotiation, unless an extension does.
		expect(ciphers.filter((cipher) => cipher !== 0xff)).toHaveLength(suites);
		expect(extensions.has(alpn)).toBe(false);
	});
});
