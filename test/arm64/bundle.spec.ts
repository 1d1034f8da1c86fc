import { execFile, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkout, formOfImage } from '../image/startForm.ts';
import { StartedAgent } from '../image/program.ts';
import { makeWorld, type World } from '../probe/world.ts';
import { Directory } from '../real/directory.ts';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'registry-probe', 'arm64');
const { environment, flags, program } = formOfImage();
/** Where an emulator finds the libraries of arm64. */
const env = { ...environment, PATH: process.env['PATH'] ?? '', QEMU_LD_PREFIX: '/usr/aarch64-linux-gnu' };

const stack = new AsyncDisposableStack();
const directory = stack.use(new Directory());
/** Starts Node, on a machine of another kind by an emulator. */
let node: readonly [string, ...string[]];
let world: World;

beforeAll(async () => {
	const { status, stdout } = spawnSync(join(import.meta.dirname, 'build.sh'), [cache], {
		stdio: ['ignore', 'pipe', 'inherit'],
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error('there is no arm64 here; see above');
	node = process.arch === 'arm64' ? [stdout.trim()] : ['qemu-aarch64', stdout.trim()];
	await run(process.execPath, [`${checkout}/build/main.ts`, directory.path]);
	world = stack.use(await makeWorld());
});
afterAll(async () => await stack.disposeAsync());

async function asProgram(...args: readonly string[]): Promise<string> {
	const [command, ...before] = node;
	return (await run(command, [...before, ...flags, directory.at(program), ...args], { env })).stdout;
}

test('the Node is one for arm64', async () => {
	const [command, ...before] = node;
	expect((await run(command, [...before, '--print', 'process.arch'], { env })).stdout).toBe('arm64\n');
});

test('the bundle walks the whole path of a pull', async () => {
	const target = `${world.target.host}/team/app:1`;
	const said = JSON.parse(await asProgram('check', target, '--output', 'json', '--root', world.node.root)) as {
		observations: { success: boolean; records: { stage: string; facts?: object }[] }[];
	};
	expect(said.observations).toHaveLength(1);
	const [{ success, records } = { success: false, records: [] }] = said.observations;
	expect(success).toBe(true);
	expect(records.at(-1)).toMatchObject({ stage: 'blob', facts: { verified: true } });
});

test('an agent probes and answers as the image starts it', async () => {
	const configuration = directory.write(
		'config.yaml',
		`listen: 127.0.0.1:0
interval: 1s
node: { name: node-1, root: ${world.node.root} }
registries:
  - { name: registry.test, image: registry.test/team/app:1, endpoint: 'https://${world.target.host}' }
`,
	);
	const args = ['agent', '--config', configuration];
	await using agent = new StartedAgent([...node, ...flags, directory.at(program), ...args], env);
	// An emulated agent has enough to do without being asked all the time.
	const patient = { timeout: 100_000, interval: 1000 };
	await expect.poll(async () => await agent.metrics(), patient).toMatch(/^registry_probe_success\{.*\} 1$/m);
	expect((await agent.page()).status).toBe(200);
	expect(await agent.stop()).toBe(0);
});
