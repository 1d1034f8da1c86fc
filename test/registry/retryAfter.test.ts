import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryAfterSeconds } from '../../src/registry/retryAfter.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('the header', () => {
	test.each([
		['0', 0],
		['120', 120],
		[' 120 ', 120],
		['1.5', 1.5],
		['86400', 3600],
		['9'.repeat(15), 3600],
		['Sat, 21 Nov 2026 12:01:30 GMT', 90],
		['Saturday, 21-Nov-26 12:01:30 GMT', 90],
		['Sat Nov 21 12:01:30 2026', 90],
		['Sat, 21 Nov 2026 12:00:00 GMT', 0],
		['Mon, 21 Nov 2033 12:00:00 GMT', 3600],
	])('%s asks for %d seconds', (value, seconds) => {
		expect(retryAfterSeconds(value, now)).toBe(seconds);
	});

	test.each([
		undefined,
		'',
		'-5',
		'soon',
		'1e3',
		'0x10',
		'Infinity',
		'9'.repeat(16),
		'2026-11-21',
		'Sat, 21 Nov 2026 11:59:59 GMT',
		'Sat, 99 Nov 2026 12:01:30 GMT',
		'Sat, 21 Nov 2026 12:01:30 PST',
	])('%j asks for nothing', (value) => {
		expect(retryAfterSeconds(value, now)).toBeUndefined();
	});
});

describe('the words of GHCR', () => {
	test.each([
		['toomanyrequests: retry-after: 43.988\u00B5s, allowed: 44000/minute', 43.988e-6],
		['toomanyrequests: retry-after: 880.092\u03BCs, allowed: 44000/minute', 880.092e-6],
		['{"errors":[{"message":"Retry-After: 250ms"}]}', 0.25],
		['retry-after:12s', 12],
		['retry-after: 1m30.5s', 90.5],
		['retry-after: 2h', 3600],
	])('%s', (body, seconds) => {
		expect(retryAfterSeconds(undefined, now, body)).toBeCloseTo(seconds, 9);
	});

	test.each(['retry-after: soon', 'retry-after: -5s', 'retry-after: 5', 'retry after 5s', ''])(
		'%j asks for nothing',
		(body) => {
			expect(retryAfterSeconds(undefined, now, body)).toBeUndefined();
		},
	);

	test('count only where the header says nothing', () => {
		expect(retryAfterSeconds('7', now, 'retry-after: 2s')).toBe(7);
		expect(retryAfterSeconds('soon', now, 'retry-after: 2s')).toBe(2);
	});
});

test('whatever is said, the wait lies between nothing and an hour', () => {
	const part = fc.constantFrom('retry-after:', ' ', '5', '.', 's', 'ms', '-', '\u00B5s', 'h', 'GMT', 'Nov', ',', ':');
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part).map((parts) => parts.join('')),
		fc.date().map(String),
	);
	fc.assert(
		fc.property(text, text, (value, body) => {
			const seconds = retryAfterSeconds(value, now, body) ?? 0;
			expect(seconds).toBeGreaterThanOrEqual(0);
			expect(seconds).toBeLessThanOrEqual(3600);
		}),
		{ numRuns: 1000 },
	);
});
