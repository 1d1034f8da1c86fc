import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { until } from '../commands/agent.ts';
import { AgentWorld, Switch } from './agentWorld.ts';

/** They wait for intervals to pass, all at once. */
vi.setConfig({ testTimeout: 90_000 });

/** Waits until the metrics say so. */
async function paused(world: AgentWorld, cause: string, holds = true): Promise<void> {
	await until(
		async () => (await world.paused(cause)) === holds,
		() => `${cause} is not ${holds}: ${world.agent.errors}`,
	);
}

const success = (world: AgentWorld) => world.agent.value('registry_probe_success{');

test.concurrent('under the floor of the quota HEAD goes on alone, through a reload and a restart, until the quota recovers', async () => {
	const quota = { limit: 10_000, remaining: 5000, windowSeconds: 21_600 };
	await using world = await AgentWorld.start({ registry: { quota } });
	await world.agent.told('path works');
	expect(world.asked()).toContain('GET blob');
	expect(await world.paused('floor')).toBe(false);

	quota.remaining = 500;
	await paused(world, 'floor');
	const before = world.mark();
	await world.pass();
	await world.reload('timeout: 3s\n');
	await world.pass();
	await world.restart();
	await paused(world, 'floor');
	await world.pass();
	const during = world.asked(before);
	expect(during.length).toBeGreaterThan(9);
	expect(during.filter((request) => request !== 'HEAD manifest' && request !== 'GET token')).toEqual([]);
	expect(quota.remaining).toBe(500);
	expect(await success(world)).toBe(1);
	expect(await world.agent.value('registry_probe_ratelimit_remaining')).toBe(500);

	quota.remaining = 5000;
	await paused(world, 'floor', false);
	const after = world.mark();
	await world.pass();
	expect(world.asked(after)).toEqual(expect.arrayContaining(['GET manifest', 'GET blob']));
});

test.concurrent.each(['registry', 'token'] as const)(
	'Retry-After of the %s holds over attempts, reloads, restarts and crashes',
	async (role) => {
		const limited = { respond: () => ({ status: role === 'registry' ? 429 : 503, headers: { 'retry-after': '600' } }) };
		await using world = await AgentWorld.start({ [role]: limited });
		await paused(world, 'retry_after');
		const asked = world.asked();
		expect(asked).toEqual(role === 'registry' ? ['HEAD manifest'] : ['HEAD manifest', 'GET token']);
		await world.pass();
		await world.reload('timeout: 3s\n');
		await world.reload('attempt_timeout: 30s\n');
		await world.pass();
		for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
			await world.restart(signal);
			await paused(world, 'retry_after');
			await world.pass(2);
		}
		expect(world.asked()).toEqual(asked);
	},
);

test.concurrent('a rejected login rests over attempts, reloads, restarts and crashes, until it changes', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'login-'));
	const file = join(directory, 'config.json');
	const write = (password: string) => {
		const auth = Buffer.from(`kubelet:${password}`).toString('base64');
		writeFileSync(file, JSON.stringify({ auths: { 'a.example': { auth } } }));
	};
	write('wrong');
	const accept = ({ login }: { login?: { password: string } }) => login?.password === 'right horse';
	await using world = await AgentWorld.start({ token: { accept }, entry: `, credentials: { file: ${file} }` });
	await paused(world, 'credentials');
	expect(world.token.asked).toHaveLength(1);
	await world.pass();
	await world.reload('timeout: 3s\n');
	await world.pass();
	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		await world.restart(signal);
		await paused(world, 'credentials');
		await world.pass(2);
	}
	expect(world.token.asked).toHaveLength(1);
	expect(world.asked().filter((request) => request === 'HEAD manifest').length).toBeGreaterThan(6);

	write('right horse');
	await paused(world, 'credentials', false);
	expect(world.token.asked[1]?.login?.password).toBe('right horse');
	await until(
		async () => (await success(world)) === 1,
		() => 'the path does not work with the new login',
	);
	await rm(directory, { recursive: true });
});

test.concurrent('an agent that crashes with its first attempts asks no more than once with every start', async () => {
	const answers = new Switch();
	await using world = await AgentWorld.start({ registry: { respond: answers.respond, auth: 'open' } });
	answers.current = () => 'silence';
	const starts = 4;
	for (let start = 1; start < starts; start += 1) {
		await world.pass(2);
		await world.restart('SIGKILL');
	}
	await world.pass(2);
	expect(world.asked().length).toBeLessThanOrEqual(starts);
});
