import { expect, test } from 'vitest';
import { documented, observed } from '../../bench/documented.ts';
import { readOptions } from '../../bench/options.ts';

const known = ['memory', 'cpu'];

test('nothing asked for means all, three times', () => {
	expect(readOptions([], known)).toEqual({ parts: [], rounds: 3, attempts: 20_000 });
});

test.each([
	[['speed'], 'no part speed'],
	[['--rounds', '0'], '--rounds wants'],
	[['--rounds', 'x'], '--rounds wants'],
	[['--attempts', '10'], '--attempts wants'],
	[['--fast'], 'Unknown option'],
])('%j is refused', (words, message) => {
	expect(() => readOptions(words, known)).toThrow(message);
});

test('requests are told in the words of the page', () => {
	const requests = {
		open: {},
		guarded: { 'GET manifest': 4, 'HEAD manifest': 4, 'GET blob': 2 },
		token: { 'GET token': 2 },
		blob: { 'GET blob': 2 },
	};
	const counts = { requests, connections: 6, bytes: 1 };
	expect(observed(counts, 2, 'guarded')).toBe(documented('token service, layers from another host'));
	expect(observed(counts, 4, 'guarded')).not.toBe(documented('token service, layers from another host'));
});
