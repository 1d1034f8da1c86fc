import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { names } from '../probe/world.ts';
import { runCommand } from './commandRun.ts';
import { type Crowd, seriesOf, startCrowd } from './crowd.ts';
import { givenAway, planted } from './planted.ts';
import { credentialsFile, credentialsIn, type SecretWorld, startSecretWorld } from './secretWorld.ts';

describe('secrets that an agent holds, sends and is told', () => {
	const stack = new AsyncDisposableStack();
	const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
	const state = join(directory, 'state');
	let world: SecretWorld;
	let crowd: Crowd;

	beforeAll(async () => {
		stack.defer(() => rmSync(directory, { recursive: true, force: true }));
		world = stack.use(await startSecretWorld({ credentials: credentialsIn(directory) }));
		writeFileSync(credentialsIn(directory), credentialsFile(world.entries));
		const hosts = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));
		crowd = stack.use(
			await startCrowd({
				entries: world.entries,
				node: { hosts },
				arguments: ['--log-level', 'debug', '--state', state],
			}),
		);
	});

	afterAll(() => stack.disposeAsync());

	test('were sent, so that there is something to give away', async () => {
		const { registry, token, blob } = world.good;
		const sent = [registry, token, blob, world.proxy].map(({ requests }) =>
			JSON.stringify(requests.map(({ target, headers }) => [target, headers])),
		);
		expect(givenAway(sent.join()).toSorted()).toEqual(['password', 'proxyPassword', 'signature']);
		const failures = await seriesOf(crowd.agent, 'stage_failure');
		expect(failures.length).toBeGreaterThan(12);
	});

	test.each(['/metrics', '/', '/api/v1/observations', '/api/v1/plan'])('are not at %s', async (path) => {
		const { body } = await crowd.agent.get(path);
		expect(body).toContain('echo-registry.test');
		expect(givenAway(body)).toEqual([]);
	});

	test('are not in the log', () => {
		expect(crowd.agent.lines('stage fails').length).toBeGreaterThan(12);
		expect(givenAway(crowd.agent.errors + crowd.agent.output)).toEqual([]);
	});

	test('are not in the state directory, where a rejected login is remembered', () => {
		const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).map((name) =>
			readFileSync(join(state, name), 'utf8'),
		);
		expect(files.join()).toContain('fingerprint');
		expect(givenAway(files.join())).toEqual([]);
	});

	test('are not on the command line', () => {
		expect(givenAway(readFileSync(`/proc/${crowd.agent.pid}/cmdline`, 'utf8'))).toEqual([]);
	});

	test.each(['check', 'check --verbose', 'check --output json', 'plan', 'plan --output json', 'config'])(
		'are not printed by %s',
		async (words) => {
			const { stdout, stderr } = await runCommand(...words.split(' '), '--config', crowd.agent.file);
			expect(stdout.length + stderr.length).toBeGreaterThan(10);
			expect(givenAway(stdout + stderr)).toEqual([]);
		},
	);

	test.each([
		`proxy: 'http://${planted.proxyUser}:${planted.configured}@'`,
		`proxy: 'ftp://${planted.proxyUser}:${planted.configured}@proxy.test'`,
		`proxy: 'http://${planted.proxyUser}:${planted.configured}@proxy.test:port'`,
		`proxy: ['http://x:${planted.configured}@proxy.test']`,
		`proxy: "http://x:${planted.configured}@proxy.test`,
		`proxy: { password: ${planted.configured} }`,
		`password: ${planted.configured}`,
		`registries:\n  - name: a.test\n    credentials: { file: x, password: ${planted.configured} }`,
		`registries:\n  - name: a.test\n    credentials: ${planted.configured}`,
		`registries:\n  - name: a.test\n    endpoint: 'https://user:${planted.configured}@a.test'`,
	])('are not in the faults of a configuration: %s', async (text) => {
		const file = join(directory, 'rubbish.yaml');
		writeFileSync(file, `${text}\n`);
		const { stdout, stderr, code } = await runCommand('config', '--config', file);
		expect(code).toBe(2);
		expect(givenAway(stdout + stderr)).toEqual([]);
	});
});
