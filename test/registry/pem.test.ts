import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readCertificates } from '../../src/registry/certificates.ts';
import { readPem } from '../../src/registry/pem.ts';
import { timeOf } from '../processorTime.ts';

const block = (type: string, bytes: Uint8Array) =>
	`-----BEGIN ${type}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${type}-----\n`;

test('what was written is found again, whatever stands between', () => {
	const part = fc.tuple(
		fc.constantFrom('CERTIFICATE', 'X'),
		fc.uint8Array({ maxLength: 50 }),
		fc.stringMatching(/^\w*$/),
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const text = parts.map(([type, bytes, between]) => `${between}\n${block(type, bytes)}`).join('');
			const found = [...readPem(text)].map(({ type, bytes }) => [type, [...bytes]]);
			expect(found).toEqual(parts.map(([type, bytes]) => [type, [...bytes]]));
		}),
	);
});

test('any text is read to its end without a throw', () => {
	const piece = fc.constantFrom(
		'-----BEGIN ',
		'-----END ',
		'-----',
		'CERTIFICATE',
		'\n',
		'\r\n',
		' ',
		':',
		'AAAA',
		'=',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
	);
	fc.assert(
		fc.property(text, (content) => {
			const frames = content.split('-----END ').length - 1;
			expect([...readPem(content)].length).toBeLessThanOrEqual(frames);
			expect(readCertificates(content).certificates).toEqual([]);
		}),
	);
});

test('a large text of frames without end is read in a moment', () => {
	const texts = ['-----BEGIN A-----\n', '\n-----END A-----', '-----BEGIN A-----\nx: y\n-----END B-----\n'];
	const time = timeOf(() => {
		for (const text of texts) expect([...readPem(text.repeat(100_000))]).toEqual([]);
	});
	expect(time).toBeLessThan(3000);
});
