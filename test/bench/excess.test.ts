import { expect, test } from 'vitest';
import { excessOf } from '../../bench/capture/excess.ts';

const wire = [
	{ name: 'r1.bench.test', at: 1000, connect: 50, tls: 60 },
	{ name: 'r2.bench.test', at: 1500, connect: 51, tls: 61 },
	{ name: 'r1.bench.test', at: 9000, connect: 52, tls: 62 },
];

test('an attempt is compared with the first handshake of its name since it began', () => {
	const told = [{ name: 'r1.bench.test', from: 8999, connect: 52.5, tls: 64 }];
	expect(excessOf(told, wire)).toEqual({ connect: [0.5], tls: [2], wire: [52], withheld: 0 });
});

test('a time that is not shown is counted and no difference', () => {
	const told = [
		{ name: 'r1.bench.test', from: 1000, connect: 50, tls: 60 },
		{ name: 'r2.bench.test', from: 1500 },
	];
	expect(excessOf(told, wire)).toEqual({ connect: [0], tls: [0], wire: [50, 51], withheld: 1 });
});

test('an attempt that stands in no capture is a fault', () => {
	expect(() => excessOf([{ name: 'r2.bench.test', from: 2000 }], wire)).toThrow('no handshake with r2.bench.test');
});
