import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { registryProbe } from './command.ts';

test.each([
	[[], 'name a command: agent, check, plan, config'],
	[['plam'], "unknown command 'plam' (Did you mean plan?)"],
	[['plan', '--outptu', 'json'], "unknown option '--outptu' (Did you mean --output?)"],
	[['plan', '--output', 'xml'], "option '--output <format>' argument 'xml' is invalid. Allowed choices are text, json"],
	[['config', '--config'], "option '--config <file>' argument missing"],
	[['config', '--config', ''], "option '--config <file>' argument '' is invalid. It is empty"],
	[['plan', 'extra'], "too many arguments for 'plan'. Expected 0 arguments but got 1: extra"],
	[['plan', '--log-level', 'loud'], "option '--log-level <level>' argument 'loud' is invalid"],
])('%j is refused in one line', async (args, said) => {
	const { code, stdout, stderr } = await registryProbe(args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toMatch(/^registry-probe: [^\n]+; see registry-probe --help\n$/);
	expect(stderr).toContain(said);
});

test.each([[['--version']], [['plan', '--version']]])('%j shows the versions', async (args) => {
	const { code, stdout, stderr } = await registryProbe(args);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(/^registry-probe \d+\.\d+\.\d+\nNode\.js \d+\.\d+\.\d+\nOpenSSL \d+\.\d+\.\d+\S*\n$/);
});

test.each(['agent', 'check', 'plan', 'config', 'explain'])(
	'%s --help shows the options that every command has',
	async (name) => {
		const { code, stdout } = await registryProbe([name, '--help']);
		expect(code).toBe(0);
		for (const option of ['config', 'node', 'root', 'output', 'log-level', 'verbose', 'help']) {
			expect(stdout).toContain(`--${option}`);
		}
	},
);

test('a reader that goes away is no fault', async () => {
	const child = spawn(process.execPath, ['src/main.ts', 'plan'], { stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout.destroy();
	let stderr = '';
	child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
	const [code] = await once(child, 'close');
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
