import { isIPv4, isIPv6 } from 'node:net';

import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
	encodeQuestion,
	newQuestion,
	readAnswer,
	type Family,
	type Question,
	type Reading,
} from '../../src/probe/resolve/message.ts';
import { namesToAsk } from '../../src/probe/resolve/names.ts';

const question: Question = { id: 0x1234, name: 'registry.test', family: 'ipv4' };

interface Wish {
	readonly id?: number;
	readonly flags?: number;
	readonly answers?: packet.Answer[];
	readonly authorities?: packet.Answer[];
	readonly name?: string;
	readonly type?: 'A' | 'AAAA';
}

function response({
	id = question.id,
	flags = 0x80,
	answers = [],
	authorities = [],
	name = question.name,
	type = 'A',
}: Wish = {}): Buffer {
	return packet.encode({ type: 'response', id, flags, questions: [{ type, name, class: 'IN' }], answers, authorities });
}

const a = (data: string, name = question.name): packet.Answer => ({ type: 'A', name, ttl: 1, data });
const servfail = 2;
const truncated = 0x02_00;
const authoritative = 0x04_00;

/** The record at the end loses its last byte. */
function shortened(message: Buffer): Buffer {
	const short = Buffer.from(message.subarray(0, -1));
	short.writeUInt16BE(3, short.length - 5);
	return short;
}

function addressesIn(reading: Reading): readonly string[] {
	return reading.is === 'reply' && reading.reply.outcome === 'answer' ? reading.reply.addresses : [];
}

describe('an answer', () => {
	test.each<[string, Buffer, object]>([
		[
			'with an address',
			response({ answers: [a('192.0.2.1')] }),
			{ is: 'reply', reply: { outcome: 'answer', addresses: ['192.0.2.1'] } },
		],
		[
			'in other letters',
			response({ name: 'REGISTRY.test', answers: [a('192.0.2.1')] }),
			{ is: 'reply', reply: { outcome: 'answer' } },
		],
		['with the truncation bit', response({ flags: truncated }), { is: 'truncated' }],
		['to another question', response({ name: 'other.test' }), { is: 'foreign' }],
		['for the other family', response({ type: 'AAAA' }), { is: 'foreign' }],
		['with another ID', response({ id: 7 }), { is: 'foreign' }],
		['that is a query', encodeQuestion(question), { is: 'foreign' }],
		[
			'that fails',
			response({ flags: servfail }),
			{ is: 'reply', reply: { reason: 'dns_server_failure', final: false } },
		],
		[
			'without an address',
			response({ flags: authoritative }),
			{ is: 'reply', reply: { reason: 'dns_no_address', final: true } },
		],
		[
			'of a server that knows nothing of the name',
			response({ flags: 0 }),
			{ is: 'reply', reply: { reason: 'dns_server_failure' } },
		],
		[
			'of a server that sends the question on to others',
			response({ flags: 0, authorities: [{ type: 'NS', name: 'test', data: 'ns.test' }] }),
			{ is: 'reply', reply: { reason: 'dns_server_failure', final: false } },
		],
		[
			'with an address that is too short',
			shortened(response({ answers: [a('192.0.2.1')] })),
			{ is: 'reply', reply: { reason: 'dns_malformed', final: false } },
		],
		['that is too short', Buffer.from([0x12, 0x34, 0x80]), { is: 'garbage' }],
	])('%s', (_name, message, expected) => {
		expect(readAnswer(message, question)).toMatchObject(expected);
	});

	test('of any bytes is read without a throw', () => {
		const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array));
		// Pointers and lengths are what a decoder stumbles over.
		const tricky = fc.array(fc.constantFrom(0xc0, 0x0c, 0x00, 0x01, 0x3f, 0xff, 0x04), { maxLength: 200 });
		const headed = tricky.map((tail) => Buffer.concat([response().subarray(0, 12), Buffer.from(tail)]));
		fc.assert(
			fc.property(fc.oneof(bytes, headed), (message) => {
				const { is } = readAnswer(message, question);
				expect(['reply', 'truncated', 'foreign', 'garbage']).toContain(is);
			}),
			{ numRuns: 2000 },
		);
	});

	test('that was bent on the way never gives what is no address', () => {
		const whole = response({ answers: [a('192.0.2.1'), { type: 'CNAME', name: question.name, data: 'x.test' }] });
		const bent = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
		fc.assert(
			fc.property(bent, fc.nat(whole.length), (changes, length) => {
				const message = Buffer.from(whole);
				for (const [at, value] of changes) message[at] = value;
				const reading = readAnswer(message.subarray(0, length), question);
				expect(addressesIn(reading).filter((it) => !isIPv4(it))).toEqual([]);
			}),
			{ numRuns: 2000 },
		);
	});

	test.each<[Family, (address: string) => boolean]>([
		['ipv4', isIPv4],
		['ipv6', isIPv6],
	])('of %s comes back as it was sent', (family, isRight) => {
		fc.assert(
			fc.property(family === 'ipv4' ? fc.ipV4() : fc.ipV6(), (data) => {
				const type = family === 'ipv4' ? 'A' : 'AAAA';
				const message = response({ type, answers: [{ type, name: question.name, ttl: 1, data }] });
				const reading = readAnswer(message, { ...question, family });
				expect(addressesIn(reading).map(isRight)).toEqual([true]);
			}),
		);
	});
});

test('a question has an ID that cannot be foretold', () => {
	const ids = new Set(Array.from({ length: 100 }, () => newQuestion('registry.test', 'ipv4').id));
	expect(ids.size).toBeGreaterThan(90);
});

describe('the names to ask for', () => {
	test.each<[string, string[], number, string[]]>([
		['registry', ['a.test', 'b.test'], 1, ['registry.a.test', 'registry.b.test', 'registry']],
		['registry.io', ['a.test'], 1, ['registry.io', 'registry.io.a.test']],
		['registry.io', ['a.test'], 5, ['registry.io.a.test', 'registry.io']],
		['registry.io.', ['a.test'], 5, ['registry.io']],
		['a..b', ['a.test'], 1, []],
		['', ['a.test'], 1, []],
		[`${'a'.repeat(63)}.test`, [], 1, [`${'a'.repeat(63)}.test`]],
		[`${'a'.repeat(64)}.test`, [], 1, []],
	])('%s with %j and ndots %i', (name, search, ndots, expected) => {
		expect(namesToAsk(name, { search, ndots })).toEqual(expected);
	});

	test('are few, short, and hold the name itself', () => {
		const name = fc.domain();
		fc.assert(
			fc.property(name, fc.array(name, { maxLength: 6 }), fc.nat(15), (plain, search, ndots) => {
				const names = namesToAsk(plain, { search, ndots });
				expect(names).toContain(plain);
				expect(names.length).toBeLessThanOrEqual(search.length + 1);
				expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(253);
			}),
		);
	});
});
