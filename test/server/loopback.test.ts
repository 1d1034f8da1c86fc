import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLoopbackAddress, isLoopbackHost } from '../../src/server/loopback.ts';

test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1'])('%s is loopback', (address) => {
	expect(isLoopbackAddress(address)).toBe(true);
});

test.each([
	'',
	'10.0.0.1',
	'128.0.0.1',
	'::',
	'fe80::1',
	'::ffff:10.0.0.1',
	'127.0.0.1.evil.example',
	'127.evil',
	'::1%eth0',
])('%j is not loopback', (address) => {
	expect(isLoopbackAddress(address)).toBe(false);
});

test.each(['localhost', 'LOCALHOST:9917', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:9917', '[::ffff:127.0.0.1]:1'])(
	'the Host header %s names this machine',
	(host) => {
		expect(isLoopbackHost(host)).toBe(true);
	},
);

test.each([
	'',
	'evil.example',
	'localhost.evil.example',
	'127.0.0.1.evil.example',
	'evil@127.0.0.1',
	'127.0.0.1/evil',
	'127.0.0.1:80:80',
	'[::1',
	'::1',
	'[localhost]',
	'[127.0.0.1]:9917',
	'10.0.0.1:9917',
	'localhost, evil.example',
])('the Host header %j does not', (host) => {
	expect(isLoopbackHost(host)).toBe(false);
});

test('any Host header is judged', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 2000 }), (host) => {
			expect(typeof isLoopbackHost(host)).toBe('boolean');
		}),
	);
});
