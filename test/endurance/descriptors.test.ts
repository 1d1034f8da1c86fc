import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AgentProcess, until } from '../commands/agent.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { makeWorld, names } from '../probe/world.ts';
import { configurationOf, entryOf } from './settings.ts';

const good = Array.from({ length: 4 }, (_, at) => `good-${at}.test`);
const hanging = Array.from({ length: 60 }, (_, at) => `hangs-${at}.test`);

/** What the log says about the good registries: reasons, in order. */
function blamed(agent: AgentProcess): unknown[] {
	const lines = agent.lines().filter(({ registry }) => good.some((name) => name === registry));
	return lines.flatMap(({ reason }) => reason ?? []);
}

test('an agent with 64 descriptors blames itself when they run out, and recovers', async () => {
	await using world = await makeWorld({ token: { accept: ({ login }) => login?.password === 'right' } });
	await world.node.write('ca.pem', world.authority.pem);
	const auths = Object.fromEntries(good.map((name) => [name, { username: 'robot', password: 'right' }]));
	await world.node.write('login.json', JSON.stringify({ auths }));
	await using silence = await startMisbehaving(silent);
	const secured = `https://${names.registry}:${world.registry.port}`;
	// All that is read for an attempt: resolver, trust, a further authority, a login.
	const files = `ca: ${world.node.root}/ca.pem, credentials: { file: ${world.node.root}/login.json }`;
	const few = good.map((name) => entryOf(name, secured, files));
	// Each holds a descriptor for all of its time.
	const many = [...few, ...hanging.map((name) => entryOf(name, `http://127.0.0.1:${silence.port}`))];
	const text = (entries: readonly string[]) => configurationOf(world.node.root, entries, 3);
	await using agent = new AgentProcess(text(few), [], ['prlimit', '--nofile=64:64']);
	await agent.told('path works', good.length);
	agent.configure(text(many));
	await until(
		() => agent.lines().filter(({ reason }) => reason === 'agent_resources_exhausted').length > 3,
		() => `descriptors did not run out: ${agent.errors.slice(-2000)}`,
		30,
	);
	for (let times = 0; times < 30; times += 1) {
		agent.signal('SIGHUP');
		await sleep(200);
	}
	const reasons = new Set(agent.lines().flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
	expect([...reasons].filter((reason) => reason !== 'agent_resources_exhausted' && reason !== 'http_timeout')).toEqual(
		[],
	);
	expect(blamed(agent).filter((reason) => reason !== 'agent_resources_exhausted')).toEqual([]);
	agent.configure(text(few));
	agent.signal('SIGHUP');
	await until(
		async () => (await values(agent, 'success')).join() === good.map(() => 1).join(),
		() => `no recovery: ${agent.errors.slice(-2000)}`,
		60,
	);
	expect(agent.running).toBe(true);
}, 120_000);

/** All values of a metric; none while the agent cannot answer. */
async function values(agent: AgentProcess, name: string): Promise<number[]> {
	try {
		const { body } = await agent.get('/metrics');
		const lines = body.split('\n').filter((line) => line.startsWith(`registry_probe_${name}{`));
		return lines.map((line) => Number(line.split(' ').at(-1)));
	} catch {
		return [];
	}
}
