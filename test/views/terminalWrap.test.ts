import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrap, wrapCommand } from '../../src/views/terminal/wrap.ts';

test('lines end between words', () => {
	expect(wrap('the registry itself answers', 14)).toEqual(['the registry', 'itself answers']);
});

test('a word longer than a line stands alone and whole', () => {
	expect(wrap('see https://registry.example/v2/team/app now', 20)).toEqual([
		'see',
		'https://registry.example/v2/team/app',
		'now',
	]);
});

test('a number keeps its unit', () => {
	expect(wrap('a pull waits for 30 s and more', 18)).toEqual(['a pull waits for', '30 s and more']);
});

test('a wrapped command still runs when it is pasted', () => {
	expect(wrapCommand(`curl -sSI -H "Authorization: Bearer $TOKEN" https://registry.example/v2/`, 32)).toEqual([
		'curl -sSI -H \\',
		'"Authorization: Bearer $TOKEN" \\',
		'https://registry.example/v2/',
	]);
});

test('no word is lost and no line is too long', () => {
	const words = fc.array(fc.stringMatching(/^[!-~]{1,12}$/), { minLength: 1, maxLength: 40 });
	fc.assert(
		fc.property(words, fc.integer({ min: 12, max: 80 }), (said, width) => {
			const lines = wrap(said.join(' '), width);
			expect(lines.join(' ')).toBe(said.join(' '));
			for (const line of lines) expect(line.length <= width || /^\S+$|\d \S/.test(line)).toBe(true);
		}),
	);
});
