import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts, StageRecord } from '../../src/probe/observation.ts';
import { probeReasons } from '../../src/reasons/reason.ts';
import { aTarget } from './builders.ts';
import { checked, reportOf } from './terminalReports.ts';

const text = fc.string({ unit: 'binary', maxLength: 400 });
const roles = fc.constantFrom('registry', 'token', 'redirect', 'blob');
const stages = fc.constantFrom('dns', 'tcp', 'proxy', 'tls', 'challenge', 'token', 'manifest', 'blob');
const known = `addresses nameservers used source issuer notAfter realm scheme ratelimit redirects status digest bytes
	bytesPerSecond lifetimeSeconds clockSkewSeconds proxy asked`;
const keys = fc.constantFrom(...known.split(/\s+/));
const value = fc.oneof(text, fc.double(), fc.anything());
const facts = fc.dictionary(keys, value) as fc.Arbitrary<Facts>;
const tried = { role: roles, stage: stages, peer: text, seconds: fc.double({ min: 0, max: 1e6, noNaN: true }), facts };
const record: fc.Arbitrary<StageRecord> = fc.oneof(
	fc.record({ ...tried, outcome: fc.constant('success' as const) }),
	fc.record({
		...tried,
		outcome: fc.constant('failure' as const),
		reason: fc.constantFrom(...probeReasons),
		detail: text,
	}),
);

test('whatever the records hold, the report is made and no control character reaches the terminal', () => {
	fc.assert(
		fc.property(fc.array(record, { maxLength: 6 }), fc.boolean(), (records, verbose) => {
			const report = reportOf([checked(aTarget({ host: 'registry-1.docker.io' }), records)], { verbose });
			expect(report).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
			expect(report.length).toBeLessThan(20_000);
		}),
	);
});

test.each(probeReasons)('%s is told with its remedy in lines that fit', (reason) => {
	const records: StageRecord[] = [
		{ role: 'token', peer: 'auth.docker.io', stage: 'tcp', outcome: 'failure', reason, detail: 'what was found' },
	];
	const lines = reportOf([checked(aTarget(), records)]).split('\n');
	expect(lines.filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual([]);
	expect(lines.some((line) => line.startsWith('  Do   '))).toBe(true);
});
