import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { formatDuration, readDuration } from '../../src/config/duration.ts';
import { readEndpoint } from '../../src/config/endpoint.ts';
import { Wrong } from '../../src/config/fault.ts';
import { interpolate } from '../../src/config/interpolate.ts';
import { readListen } from '../../src/config/listen.ts';
import { readProxy } from '../../src/config/proxy.ts';
import { readRuntime } from '../../src/config/runtime.ts';
import { readShare } from '../../src/config/share.ts';
import { formatSize, readSize } from '../../src/config/size.ts';

const remedyOf = (read: unknown) => (read instanceof Wrong ? (read.better ?? read.remedy) : read);

describe('durations', () => {
	test.each([
		['250ms', 0.25],
		['90s', 90],
		['5m', 300],
		['1h', 3600],
		['1h30m', 5400],
		['1.5s', 1.5],
	])('%s', (text, seconds) => {
		expect(readDuration(text)).toBe(seconds);
	});

	test.each([
		['5 minutes', 'write 5m'],
		['5 min', 'write 5m'],
		['10sec', 'write 10s'],
		['1 day', 'write 24h'],
		[60, 'write 60s'],
		['60', 'write 60s'],
		['200 millis', 'write 200ms'],
		['soon', 'write for example 90s, 5m or 1h'],
		['-5s', 'write for example 90s, 5m or 1h'],
		['', 'write for example 90s, 5m or 1h'],
		[null, 'write for example 90s, 5m or 1h'],
		['0s', 'write 1ms or more'],
		['25h', 'write 24h or less'],
	])('%j is refused: %s', (value, remedy) => {
		expect(remedyOf(readDuration(value))).toBe(remedy);
	});

	test('a floor is held', () => {
		expect(readDuration('999ms', 1)).toMatchObject({ wrong: 'is too short', remedy: 'write 1s or more' });
		expect(readDuration('1s', 1)).toBe(1);
	});

	test('every duration is read as it is written', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 86_400_000 }), (milliseconds) => {
				expect(readDuration(formatDuration(milliseconds / 1000))).toBe(milliseconds / 1000);
			}),
		);
	});
});

describe('sizes', () => {
	const most = 1024 ** 3;

	test.each([
		['64KiB', 65_536],
		['1MiB', 1_048_576],
		['1GiB', 1_073_741_824],
		['12', 12],
		['12B', 12],
		[4096, 4096],
		[0, 0],
	])('%j', (value, bytes) => {
		expect(readSize(value, most)).toBe(bytes);
	});

	test.each([
		['64KB', 'write 64KiB'],
		['64 kib', 'write 64KiB'],
		['1m', 'write 1MiB'],
		[1.5, 'write bytes as a whole number, or for example 64KiB or 1MiB'],
		[-1, 'write bytes as a whole number, or for example 64KiB or 1MiB'],
		['2GiB', 'write 1GiB or less'],
	])('%j is refused: %s', (value, remedy) => {
		expect(remedyOf(readSize(value, most))).toBe(remedy);
	});

	test('every size is read as it is written', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: most }), (bytes) => {
				expect(readSize(formatSize(bytes), most)).toBe(bytes);
			}),
		);
	});
});

describe('percentages', () => {
	test.each([
		['10%', 0.1],
		['0%', 0],
		[0, 0],
		['100%', 1],
		['2.5%', 0.025],
	])('%j', (value, share) => {
		expect(readShare(value)).toBeCloseTo(share, 12);
	});

	test.each([
		[10, 'write 10%'],
		[0.1, 'write 10%'],
		['10', 'write for example 10%'],
		['101%', 'write 0% to 100%'],
		['-1%', 'write for example 10%'],
	])('%j is refused: %s', (value, remedy) => {
		expect(remedyOf(readShare(value))).toBe(remedy);
	});
});

describe('addresses to listen on', () => {
	test.each([
		['[::]:9917', { host: '::', port: 9917 }],
		['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
		['localhost:80', { host: 'localhost', port: 80 }],
		[':9917', { host: '::', port: 9917 }],
		[9917, { host: '::', port: 9917 }],
	])('%j', (value, address) => {
		expect(readListen(value)).toEqual(address);
	});

	test.each(['::9917', '127.0.0.1', '127.0.0.1:65536', '[zz]:80', 'http://localhost:80', '', true])(
		'%j is refused',
		(value) => {
			expect(readListen(value)).toBeInstanceOf(Wrong);
		},
	);
});

describe('endpoints', () => {
	test.each([
		['https://mirror.example:5000', { scheme: 'https', hostname: 'mirror.example', port: 5000 }],
		['http://mirror.example', { scheme: 'http', hostname: 'mirror.example', port: 80 }],
		['https://[::1]:5000/', { scheme: 'https', hostname: '::1', port: 5000 }],
	])('%s', (value, endpoint) => {
		expect(readEndpoint(value)).toEqual(endpoint);
	});

	test.each([
		['mirror.example:5000', 'write https://mirror.example:5000'],
		['https://mirror.example/v2', 'write https://mirror.example'],
		['https://u:secret@mirror.example', 'use the key credentials'],
		['ftp://mirror.example', 'write for example https://mirror.example:5000'],
		['https://mirror.example:0', 'write for example https://mirror.example:5000'],
		['https://', 'write for example https://mirror.example:5000'],
		[5, 'write for example https://mirror.example:5000'],
	])('%j is refused: %s', (value, remedy) => {
		expect(remedyOf(readEndpoint(value))).toBe(remedy);
	});
});

describe('proxies', () => {
	test.each(['node', 'none'])('%s', (kind) => {
		expect(readProxy(kind)).toEqual({ kind });
	});

	test('a URL with a login', () => {
		const proxy = readProxy('http://user:p%40ss@proxy:3128');
		expect(proxy).toMatchObject({ kind: 'url', scheme: 'http', hostname: 'proxy', port: 3128 });
		expect(JSON.stringify(proxy)).not.toContain('p@ss');
	});

	test.each(['nodes', 'None', 'off', '', 'ftp://proxy:21', 'http://user:secret@', 'http://proxy:99999', 7])(
		'%j is refused',
		(value) => {
			expect(readProxy(value)).toBeInstanceOf(Wrong);
		},
	);
});

describe('runtimes', () => {
	test.each(['auto', 'containerd/2.4.2', 'cri-o/1.37.0', 'containerd/2.3.0-rc.1'])('%s', (value) => {
		expect(readRuntime(value)).toBe(value);
	});

	test.each(['containerd', 'docker/27.0', 'containerd/new', ''])('%j is refused', (value) => {
		expect(readRuntime(value)).toBeInstanceOf(Wrong);
	});
});

describe('variables', () => {
	const environment = { A: 'one', EMPTY: '', NESTED: '${A}' };

	test.each([
		['${A}', 'one'],
		['x-${A}-${A}', 'x-one-one'],
		['${EMPTY}', ''],
		['$${A}', '${A}'],
		['$A $', '$A $'],
		['${NESTED}', '${A}'],
	])('%s', (text, expected) => {
		expect(interpolate(text, environment)).toMatchObject({ text: expected, missing: [], malformed: false });
	});

	test('a missing one is named once', () => {
		expect(interpolate('${B} ${B} ${A}', environment).missing).toEqual(['B']);
	});

	test.each(['${', '${}', '${A:-x}', '${1}'])('%s is malformed', (text) => {
		expect(interpolate(text, environment).malformed).toBe(true);
	});
});
