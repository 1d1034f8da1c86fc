import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcess, until } from '../commands/agent.ts';
import { makeImage } from '../fakes/image.ts';
import { startRegistry } from '../fakes/registry.ts';
import { makeWorld, names } from '../probe/world.ts';
import { configurationOf, entryOf } from './settings.ts';

/** What an agent made of its own standstill. */
export interface Stalled {
	/** Attempts that were repeated instead of recorded. */
	readonly repeated: number;
	/** Failures that it counted, of registries that never failed. */
	readonly failures: number;
	/** Lines of its log about paths that fail. */
	readonly complaints: readonly unknown[];
	/** Whether attempts go on afterwards, and succeed. */
	readonly goesOn: boolean;
}

/** Stops an agent for so many seconds in the middle of attempts on registries that are well, and lets it go on. */
export async function stall(seconds: number): Promise<Stalled> {
	await using world = await makeWorld();
	const images = { 'team/app': { 1: makeImage() } };
	// Half a second before each answer: an attempt is under way whenever the agent is stopped.
	await using slow = await startRegistry({ images, respond: () => sleep(500, undefined) });
	const secured = `https://${names.registry}:${world.registry.port}`;
	const entries = [entryOf('slow.test', slow.origin()), entryOf('secured.test', secured)];
	await using agent = new AgentProcess(configurationOf(world.node.root, entries));
	await agent.told('path works', 2);
	const asked = slow.requests.length;
	await until(
		() => slow.requests.length > asked,
		() => 'no attempt to stop in',
	);
	agent.signal('SIGSTOP');
	await sleep(seconds * 1000);
	agent.signal('SIGCONT');
	const repeated = async () => (await agent.value('attempts_repeated_total', 'cause="stall"')) ?? 0;
	await until(
		async () => (await repeated()) > 0,
		() => 'nothing was repeated',
		30,
	);
	const before = await attempts(agent);
	await until(
		async () => (await attempts(agent)) >= before + 4,
		() => 'attempts do not go on',
		30,
	);
	const { body } = await agent.get('/metrics');
	const sum = (name: string) => valuesOf(body, name).reduce((total, value) => total + value, 0);
	return {
		repeated: await repeated(),
		failures: sum('failures_total'),
		complaints: agent.lines().filter(({ level }) => level === 'warn' || level === 'error'),
		goesOn: sum('success') === entries.length,
	};
}

async function attempts(agent: AgentProcess): Promise<number> {
	const { body } = await agent.get('/metrics');
	return Math.min(...valuesOf(body, 'attempts_total'));
}

function valuesOf(body: string, name: string): number[] {
	const lines = body.split('\n').filter((line) => line.startsWith(`registry_probe_${name}{`));
	return lines.map((line) => Number(line.split(' ').at(-1)));
}
