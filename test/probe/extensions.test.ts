import { X509Certificate } from 'node:crypto';

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { readAlternativeNames, readConstraints } from '../../src/probe/handshake/extensions.ts';
import { createAuthority } from '../fakes/authority.ts';
import { timeOf } from '../processorTime.ts';

let authority: Uint8Array;
let leaf: Uint8Array;
beforeAll(async () => {
	const root = await createAuthority();
	const constrained = await root.intermediate({ pathLength: 3, permitted: ['a.test', 'b.test'], excluded: ['c.test'] });
	authority = new X509Certificate(constrained.pem).raw;
	leaf = new X509Certificate((await root.issue({ names: ['A.test', '*.b.test', '192.0.2.1', '2001:db8::1'] })).cert)
		.raw;
});

const nothing = { dns: [], ip: [] };

describe('extensions that Node does not show', () => {
	test('constraints are read', () => {
		expect(readConstraints(authority)).toEqual({
			pathLength: 3,
			permitted: { dns: ['a.test', 'b.test'], ip: [] },
			excluded: { dns: ['c.test'], ip: [] },
		});
	});

	test('names are read, lower case, addresses as bytes', () => {
		const { dns, ip } = readAlternativeNames(leaf);
		expect(dns).toEqual(['a.test', '*.b.test']);
		expect(ip.map((bytes) => [...bytes])).toEqual([
			[192, 0, 2, 1],
			[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
		]);
	});

	test('where there are none, none are read', () => {
		expect(readConstraints(leaf)).toEqual({ permitted: nothing, excluded: nothing });
		expect(readAlternativeNames(authority)).toEqual(nothing);
	});
});

describe('what cannot be read', () => {
	/** Bytes, and certificates that were bent and cut. */
	const hostile = () => {
		const bent = fc.array(fc.tuple(fc.nat(authority.length - 1), fc.nat(255)), { maxLength: 5 }).map((changes) => {
			const bytes = Uint8Array.from(authority);
			for (const [at, value] of changes) bytes[at] = value;
			return bytes;
		});
		const nested = fc.array(fc.constantFrom(0x30, 0x80, 0x84, 0xa3, 0x00, 0xff, 0x06, 0x04), { maxLength: 300 });
		return fc.oneof(
			fc.uint8Array({ maxLength: 300 }),
			bent,
			nested.map((bytes) => Uint8Array.from(bytes)),
		);
	};

	test('counts as absent and never throws', () => {
		fc.assert(
			fc.property(hostile(), (der) => {
				const { permitted, excluded } = readConstraints(der);
				const { dns, ip } = readAlternativeNames(der);
				const all = [permitted, excluded, { dns, ip }].flatMap((names) => [...names.dns, ...names.ip]);
				expect(all.length).toBeLessThanOrEqual(der.length);
			}),
			{ numRuns: 3000 },
		);
	});

	test('takes no time: a certificate of a million empty elements', () => {
		expect(timeOf(() => readConstraints(new Uint8Array(1_000_000)))).toBeLessThan(100);
	});
});
