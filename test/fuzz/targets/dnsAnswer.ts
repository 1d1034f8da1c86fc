import { isIPv4, isIPv6 } from 'node:net';

import packet from 'dns-packet';

import { readAnswer, type Family, type Question } from '../../../src/probe/resolve/message.ts';
import { gist, magnitude, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const name = 'registry.test';
const id = 0x12_34;
const header = 12;

const answer = (answers: packet.Answer[], more: Partial<packet.Packet> = {}): Buffer =>
	packet.encode({ type: 'response', id, flags: 0x80, questions: [{ type: 'A', name, class: 'IN' }], answers, ...more });

/** The right number, the bit of an answer, and the question as it was asked: without them nobody looks further. */
function repair(input: Buffer): Buffer {
	const whole = answer([]);
	const body = input.subarray(Math.min(whole.length, input.length));
	const fixed = Buffer.concat([whole, body]);
	if (input.length >= header) input.copy(fixed, 2, 2, header);
	fixed[2] = (fixed[2] ?? 0) | 0x80;
	fixed.writeUInt16BE(1, 4);
	return fixed;
}

function check(input: Buffer): readonly string[] {
	return (['ipv4', 'ipv6'] as const).flatMap((family) =>
		(['udp', 'tcp'] as const).map((transport) => read(input, family, transport)),
	);
}

function read(input: Buffer, family: Family, transport: 'udp' | 'tcp'): string {
	const question: Question = { id, name, family };
	const reading = readAnswer(input, question, transport);
	if (reading.is !== 'reply') return `${transport} ${reading.is}`;
	const { reply } = reading;
	if (reply.outcome === 'failure') {
		mustPrint(reply.detail, 100);
		return `${family} ${reply.reason} ${reply.final} ${gist(reply.detail)}`;
	}
	const fits = family === 'ipv4' ? isIPv4 : isIPv6;
	must(reply.addresses.every(fits), 'an address is none');
	// Each record has at least the root's name, type, class, time to live, length and address.
	must(reply.addresses.length <= input.length / 15, 'more addresses than the message can hold');
	return `${family} answer ${magnitude(reply.addresses.length)}`;
}

export const target: Target = {
	name: 'dnsAnswer',
	source: 'src/probe/resolve/message.ts',
	writer: 'a nameserver, or who is on the way to it',
	shape: 'bytes',
	most: 65_535,
	seeds: [
		answer([{ type: 'A', name, ttl: 1, data: '192.0.2.1' }]),
		answer([
			{ type: 'CNAME', name, data: 'cdn.test' },
			{ type: 'A', name: 'cdn.test', ttl: 1, data: '192.0.2.1' },
			{ type: 'AAAA', name: 'cdn.test', ttl: 1, data: '2001:db8::1' },
		]),
		answer([], { flags: 0x83, authorities: [{ type: 'NS', name: 'test', data: 'ns.test' }] }),
		answer([{ type: 'TXT', name, data: ['v=1', 'x'] }], {
			additionals: [
				{
					type: 'OPT',
					name: '.',
					udpPayloadSize: 1232,
					flags: 0,
					options: [],
					ednsVersion: 0,
					extendedRcode: 1,
				} as never,
			],
		}),
		answer([
			{ type: 'SRV', name, data: { port: 1, target: 'a.test', priority: 1, weight: 1 } },
			{ type: 'MX', name, data: { exchange: 'm.test' } },
			{ type: 'SOA', name, data: { mname: 'a', rname: 'b', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 } },
		]),
	],
	words: [
		'\u00c0\u000c',
		'\u0003www',
		'\u0004test\u0000',
		'\u0000\u0001\u0000\u0001',
		'\u0000\u001c\u0000\u0001',
		'\u003f',
	],
	repair,
	check,
};
