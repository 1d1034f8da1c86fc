import type { Target } from './target.ts';

/** Fails behind three conditions, each of which chance meets once in hundreds of inputs, and all three never. */
function maze(text: string): readonly string[] {
	if (text.startsWith('f')) {
		if (text.charCodeAt(1) === 0x75) {
			if (text[2] === 'z') throw new RangeError('found');
		}
	}
	return [];
}

const common = { source: '', writer: '', words: ['a'], seeds: ['xxxx'], most: 12 * 1024 };

/** A target with a fault that only who looks at the code that runs will find. */
export const deep: Target = { ...common, name: 'deep', check: (input) => maze(input.toString('latin1')) };

/** A target whose time grows with the square of a run of letters. */
export const slow: Target = {
	...common,
	name: 'slow',
	check: (input) => [String(/a+$/.test(`${input.toString('latin1')}!`))],
};
