import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sbomFile } from '../../build/bundle.ts';
import { readLock } from '../../build/lock.ts';
import { checkout } from '../image/startForm.ts';
import { runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

const revision = 'b'.repeat(40);
const told = { REVISION: revision, SOURCE_DATE_EPOCH: '1800000000' };
/** What the Dockerfile copies. */
const copied = ['package.json', 'package-lock.json', 'LICENSE', 'tsconfig.json', 'build', 'src'];
/** The packages of the program, without those that bring Node itself, and what builds it. */
const installed = [
	...Object.entries(readLock(checkout)).flatMap(([name, { dev = false, optional = false }]) =>
		dev || optional || name.lastIndexOf('node_modules/') !== 0 ? [] : [name],
	),
	...globSync('node_modules/{esbuild,@esbuild/*}', { cwd: checkout }),
];

/** Builds a checkout into a directory of the test. */
async function build(root: string, dist: string, environment: Readonly<Record<string, string>>): Promise<void> {
	const args = [join(root, 'build/main.ts'), directory.at(dist)];
	expect(await runCommand(process.execPath, args, environment)).toMatchObject({ code: 0, stderr: '' });
}

beforeAll(async () => {
	// Half of the files describe types to an editor: no build reads them.
	const filter = (path: string) => !/\.d\.[cm]?ts(?:\.map)?$/.test(path);
	for (const name of [...copied, ...installed])
		cpSync(join(checkout, name), directory.at(`elsewhere/${name}`), { recursive: true, filter });
	await build(checkout, 'first', told);
	await build(directory.at('elsewhere'), 'second', { ...told, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' });
});

test('a build in another place, at another time, by another clock and language gives the same bytes', () => {
	const names = globSync('*', { cwd: directory.at('first') }).toSorted();
	expect(names).toContain(sbomFile);
	expect(globSync('*', { cwd: directory.at('second') }).toSorted()).toEqual(names);
	const [first, second] = ['first', 'second'].map((dist) =>
		names.map((name) => readFileSync(directory.at(`${dist}/${name}`))),
	);
	expect(names.filter((_, at) => !first?.[at]?.equals(second?.[at] ?? Buffer.alloc(0)))).toEqual([]);
});

test('what was built names the commit', async () => {
	const built = directory.at('second/registry-probe.mjs');
	const { stdout } = await runCommand(process.execPath, [built, '--version']);
	expect(stdout.split('\n')).toContain(`revision ${revision}`);
});

test.each([
	[{ REVISION: 'main' }, 'REVISION is not the hash of a commit'],
	[{ SOURCE_DATE_EPOCH: 'today' }, 'SOURCE_DATE_EPOCH is not a number of seconds'],
])('%j is refused', async (environment, said) => {
	const args = [join(checkout, 'build/main.ts'), directory.at('refused')];
	const { code, stderr } = await runCommand(process.execPath, args, environment);
	expect(code).not.toBe(0);
	expect(stderr).toContain(said);
});
