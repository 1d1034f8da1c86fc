import type { Change, Material } from './mutateBytes.ts';

type LineChange = (lines: string[], material: Material & { readonly otherLines: readonly string[] }) => string[];

const drop: LineChange = (lines, { random }) => lines.toSpliced(random.below(lines.length), random.small(4));

const double: LineChange = (lines, { random }) => {
	const at = random.below(lines.length);
	return lines.toSpliced(at, 0, ...lines.slice(at, at + random.small(6)));
};

const swap: LineChange = (lines, { random }) => {
	const [from, to] = [random.below(lines.length), random.below(lines.length)];
	return lines.toSpliced(from, 1).toSpliced(to, 0, lines[from] ?? '');
};

const take: LineChange = (lines, { random, otherLines }) => {
	const from = random.below(otherLines.length);
	return lines.toSpliced(random.below(lines.length + 1), 0, ...otherLines.slice(from, from + random.small(6)));
};

const indent: LineChange = (lines, { random }) => {
	const at = random.below(lines.length);
	const line = lines[at] ?? '';
	return lines.toSpliced(at, 1, random.once(2) ? line.trimStart() : `${' '.repeat(random.small(8))}${line}`);
};

/** What stands behind the first `=`, `:` or blank becomes another word, or what stands there in another line. */
const value: LineChange = (lines, { random, words, otherLines }) => {
	const at = random.below(lines.length);
	const [, name = '', sign = ' '] = /^(\s*[^=:\s]+)(\s*[=:]\s*|\s+)/.exec(lines[at] ?? '') ?? [];
	const [, borrowed = ''] = /[=:\s]\s*(.*)$/.exec(random.pick(otherLines) ?? '') ?? [];
	return lines.toSpliced(at, 1, `${name}${sign}${random.once(2) ? borrowed : (random.pick(words) ?? '')}`);
};

const add: LineChange = (lines, { random, words }) => {
	const signs = [' = ', ': ', '=', ' ', ''];
	const line = `${random.pick(words) ?? ''}${random.pick(signs) ?? ''}${random.pick(words) ?? ''}`;
	return lines.toSpliced(random.below(lines.length + 1), 0, line);
};

const changes: readonly LineChange[] = [drop, double, swap, take, indent, value, value, add];

/** A change of whole lines: configuration files are made of them. */
export const changeLines: Change = (input, material) => {
	const change = material.random.pick(changes) ?? drop;
	const otherLines = material.other.toString().split('\n');
	return Buffer.from(change(input.toString().split('\n'), { ...material, otherLines }).join('\n'));
};
