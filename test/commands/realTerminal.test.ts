import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, names, type World } from '../probe/world.ts';
import { check } from './check.ts';
import { registryProbe } from './command.ts';
import { linesOn, onScreen } from './screen.ts';

const hasPython = existsSync('/usr/bin/python3') || process.env['CI'] === 'true';
const message =
	'Failed to pull image "ghcr.io/org/app:1.2": failed to resolve reference "ghcr.io/org/app:1.2": failed to authorize: failed to fetch anonymous token: Get "https://auth.example/token": dial tcp 192.0.2.1:443: i/o timeout';
const explain = ['explain', '--message', message];
const plain = { NO_COLOR: '1' };

/** A line that is wider than the screen, though it could have been broken. */
const tooWide = (columns: number) => (line: string) =>
	line.length > columns && /\S +\S/.test(line.trim().replace(/ \\$/, ''));
/** Times differ from run to run. */
const untimed = (text: string) => text.replace(/[<\d][\d ]*(?:\.\d+)? (ms|s)\b/g, '? $1').replace(/ +/g, ' ');

test('a screen shows what is written over, goes on in the next line, and knows no other tricks', () => {
	expect(linesOn('abc\rx\r\nabcdef\r\u001b[2Kz\u001b[31m!\u001b[0m', 4)).toEqual(['xbc', 'abcd', 'z!']);
	expect(() => linesOn('\u001b[2J', 4)).toThrow('J');
});

describe.skipIf(!hasPython)(
	`in a terminal${hasPython ? '' : ' (skipped: no python3; npm run test:tools installs it)'}`,
	() => {
		let world: World;
		let targets: readonly string[];
		beforeAll(async () => {
			world = await makeWorld();
			await world.token.close();
			const image = (name: string) => `${names.registry}:${world.registry.port}/${name}`;
			targets = [image('team/app:1'), image('team/none:1'), '--root', world.node.root, '--node', 'node-1'];
		});
		afterAll(() => world[Symbol.asyncDispose]());

		test('explain of 80 columns without colour is what is written to a pipe', async () => {
			const { stdout } = await registryProbe(explain, { LANG: 'C.UTF-8' });
			const { code, lines } = await onScreen(80, explain, plain);
			expect(lines.join('\n')).toBe(stdout);
			expect(code).toBe(0);
		});

		test('check of 80 columns without colour is what is written to a pipe; the line of progress is gone', async () => {
			const { output } = await check(targets);
			const { code, lines, written } = await onScreen(80, ['check', ...targets], plain);
			expect(untimed(lines.join('\n'))).toBe(untimed(output));
			expect(written).toContain('\u001b[2K');
			expect(written).toContain('of 2 done');
			expect(code).toBe(1);
		});

		test('colour changes nothing but colour', async () => {
			const [coloured, uncoloured] = [await onScreen(80, explain), await onScreen(80, explain, plain)];
			expect(coloured.written).toContain('\u001b[31m');
			expect(uncoloured.written).not.toContain('\u001b');
			expect(stripVTControlCharacters(coloured.written)).toBe(uncoloured.written);
		});

		test('a dumb terminal is sent no sequence at all', async () => {
			const { written } = await onScreen(80, ['check', ...targets], { TERM: 'dumb' });
			expect(written).not.toContain('\u001b');
			expect(written.replaceAll('\r\n', '')).not.toContain('\r');
		});

		test('a locale without UTF-8 is sent ASCII', async () => {
			const { written } = await onScreen(80, ['check', ...targets], { ...plain, LANG: 'C', TERM: 'dumb' });
			expect(written).toMatch(/^[\r\n -~]+$/);
		});

		test.each([40, 80])('no line of %i columns is wider than the screen', async (columns) => {
			for (const argv of [explain, ['check', '--verbose', ...targets]]) {
				const { written } = await onScreen(columns, argv, plain);
				const [report = ''] = written.split('\u001b[2K').slice(-1);
				expect(report.split('\r\n').filter(tooWide(Math.min(columns, 120)))).toEqual([]);
			}
		});

		test('a wide screen is used, but not wider than eyes can follow', async () => {
			const { lines } = await onScreen(200, explain, plain);
			const widest = Math.max(...lines.map(({ length }) => length));
			expect(widest).toBeGreaterThan(85);
			expect(widest).toBeLessThanOrEqual(120);
		});

		test('on a narrow screen long texts stand below their labels and use all of it', async () => {
			const { lines } = await onScreen(40, explain, plain);
			expect(lines).toContain('  Means');
			expect(lines[lines.indexOf('  Means') + 1]).toMatch(/^ {4}\S.{20,36}$/);
			expect(lines).toContain('  More      docs/runbook.md#tcp_timeout');
		});
	},
);
