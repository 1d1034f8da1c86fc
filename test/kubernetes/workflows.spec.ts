import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Directory } from '../real/directory.ts';
import { linterPatience, makeLinter } from './linters.ts';

const workflows = globSync('.github/workflows/*.yml').toSorted();
let linter: string;

beforeAll(() => {
	linter = makeLinter('actionlint');
}, linterPatience);

/** What actionlint says of files, and shellcheck of the scripts in them. */
function complaints(files: readonly string[]): readonly string[] {
	const { stdout, stderr, error } = spawnSync(linter, ['-oneline', '-no-color', '-pyflakes=', ...files], {
		encoding: 'utf8',
	});
	if (error) throw error;
	return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

test('actionlint finds nothing in the workflows', () => {
	expect(workflows.length).toBe(2);
	expect(complaints(workflows)).toEqual([]);
});

test('it would find a job that is not there, and with shellcheck a variable without quotes', () => {
	using directory = new Directory();
	const text = `on: push
jobs:
  a:
    needs: b
    runs-on: ubuntu-24.04
    steps:
      - run: cat $HOME
`;
	const found = complaints([directory.write('wrong.yml', text)]).join('\n');
	expect(found).toContain('needs job "b" which does not exist');
	expect(found).toContain('SC2086');
});
