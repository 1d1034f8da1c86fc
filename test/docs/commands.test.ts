import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Claim } from './commands/claim.ts';
import { allCommands } from './commands/documented.ts';
import { register } from './commands/register.ts';
import { runLine } from './commands/runLine.ts';
import { makeSandbox, type Sandbox } from './commands/sandbox.ts';
import { ofExamples, read } from './markdown.ts';

const documented = allCommands();
const claims = Object.entries(register);
/** Suites that a document tells to run: they are run with all others, and have to be there. */
const suites = documented.flatMap(
	({ command }) => /^npx vitest run ((?:test\/\S+ ?)+)$/.exec(command)?.[1]?.split(' ') ?? [],
);
const isSuite = (command: string) => command.startsWith('npx vitest run test/');
const claimed = <C extends Claim>(is: (claim: Claim) => claim is C) =>
	claims.flatMap(([command, claim]) => (is(claim) ? [[command, claim] as const] : []));

describe('every command that a document shows', () => {
	test('is found', () => {
		expect(documented.length).toBeGreaterThan(60);
	});

	test('stands in the register, with how it is known to work', () => {
		const unknown = documented.filter(({ command }) => !Object.hasOwn(register, command) && !isSuite(command));
		expect(unknown.map(({ document, command }) => `${document}: ${command}`)).toEqual([]);
	});

	test('and what stands there is still shown somewhere', () => {
		const shown = new Set(documented.map(({ command }) => command));
		expect(claims.map(([command]) => command).filter((command) => !shown.has(command))).toEqual([]);
	});
});

test.each([...new Set(suites)].filter((path) => !ofExamples.has(path)))('the suite %s is there', (path) => {
	expect(existsSync(path)).toBe(true);
});

describe('run as they stand', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await makeSandbox();
	});
	afterAll(() => sandbox[Symbol.asyncDispose]());

	test('npm start is the program of the checkout', () => {
		expect(JSON.parse(read('package.json'))).toMatchObject({ scripts: { start: 'exec node src/main.ts' } });
	});

	test.each(claimed((claim) => 'run' in claim && claim.run === 'here'))('%s', async (command, { code, says }) => {
		const ended = await runLine(command, sandbox);
		expect(ended.output).toMatch(says);
		expect(ended.code).toBe(code);
	});

	test.each(claimed((claim) => 'run' in claim && claim.run === 'until'))('%s', async (command, { says }) => {
		const ended = await runLine(command, sandbox, says);
		expect(ended.output).toMatch(says);
		expect(ended.code).toBe(0);
	});
});

test.each(claimed((claim) => 'by' in claim))('a test runs the same as %s', (_command, { by, titled }) => {
	expect(existsSync(by)).toBe(true);
	expect(readFileSync(by, 'utf8')).toContain(titled);
});

test.each(claimed((claim) => 'form' in claim))('%s begins as the command that it is a form of', (command, { form }) => {
	expect(command.startsWith(form)).toBe(true);
});

test.each(claimed((claim) => 'not' in claim))('there is a reason why nobody runs %s', (_command, { not }) => {
	expect(not.length).toBeGreaterThan(15);
});
