import { rewrite } from '../../../src/plan/containerd/rewrite.ts';
import { must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const place = { file: '/etc/hosts.toml', line: 1 };
const repositories = ['library/busybox', 'a'.repeat(255), `${'ab/'.repeat(80)}c`];

/** Lines: a pattern and what takes its place, in turn. */
function check(input: Buffer): readonly string[] {
	const lines = input.toString().split('\n');
	const rewrites = lines.flatMap((pattern, at) =>
		at % 2 === 0 ? [{ pattern, replacement: lines[at + 1] ?? '', place }] : [],
	);
	return repositories.map((repository) => {
		const found = rewrite(repository, rewrites.slice(0, 10));
		for (const { detail } of found.faults) mustPrint(detail, 300);
		must(found.repository.length <= (input.length + 1) * 300 * (input.length + 300), 'a repository without end');
		return `${found.repository !== repository} ${found.faults.length}`;
	});
}

export const target: Target = {
	name: 'rewrite',
	source: 'src/plan/containerd/rewrite.ts',
	writer: 'files of the node',
	most: 4096,
	seeds: ['^library/(.*)\nmirror/$1', '(?:a|b)+/\nx${1}$$', '\\w+\\.[a-z]?x\n$0', 'a?b*?c\n$1x'],
	words: [
		'.*',
		'.+',
		'(a|b)',
		'(?:x|y)',
		'a?',
		'[a-z]*',
		'\\w+',
		'^',
		'$',
		'|',
		'(',
		')',
		'?',
		'$1',
		'${1}',
		'$$',
		'\\b',
		'[^/]+',
		'a',
	],
	check,
};
