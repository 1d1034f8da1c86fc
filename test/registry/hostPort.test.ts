import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatHostPort, readHostPort } from '../../src/registry/hostPort.ts';

test.each([
	['ghcr.io', { hostname: 'ghcr.io' }],
	['GHCR.io:443', { hostname: 'ghcr.io', port: 443 }],
	['my_host:', { hostname: 'my_host' }],
	['10.0.0.1:5000', { hostname: '10.0.0.1', port: 5000 }],
	['[2001:DB8::1]:5000', { hostname: '2001:db8::1', port: 5000 }],
	['[::1]', { hostname: '::1' }],
	['bücher.example', { hostname: 'xn--bcher-kva.example' }],
])('%s is %j', (text, read) => {
	expect(readHostPort(text)).toEqual(read);
});

test.each([
	'',
	':5000',
	'host:0',
	'host:65536',
	'host:5x',
	'::1',
	'[::1',
	'[host]:5000',
	'a..b',
	'.a',
	'a.',
	'-a',
	'a b',
	'a/b',
	'ü/x',
	'user@host',
	`${'a'.repeat(64)}.io`,
	`${'a.'.repeat(200)}io`,
])('%j is no host', (text) => {
	expect(readHostPort(text)).toBeUndefined();
});

test('what was read is written so that it reads the same', () => {
	const part = fc.constantFrom('a', 'B', '.', ':', '[', ']', '::1', '443', '-', 'é');
	const text = fc.oneof(
		fc.domain(),
		fc.string(),
		fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(text, (raw) => {
			const host = readHostPort(raw);
			expect(host && readHostPort(formatHostPort(host))).toEqual(host);
			expect(host?.hostname ?? 'a').toMatch(/^[a-z0-9_.:-]{1,253}$/);
		}),
		{ numRuns: 1000 },
	);
});
