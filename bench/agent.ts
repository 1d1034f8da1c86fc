import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeNode } from '../test/fakes/node.ts';
import { configurationText, namesOf } from './configuration.ts';
import type { Wish } from './configuration.ts';
import { freePort } from './freePort.ts';
import { firstAnswer, textOf } from './http.ts';
import type { Program } from './program.ts';
import type { Ready } from './protocol.ts';
import { run } from './run.ts';
import type { Run } from './run.ts';

const reachLimitMs = 120_000;

/** A running agent. */
export interface Agent extends Run {
	/** Milliseconds from its start to its first answer to `/metrics`. */
	readonly startedWithin: number;
	readonly url: string;
	/** Attempts so far; throws when one of them has failed. */
	readonly attempts: () => Promise<number>;
	/** Attempts that were made again because the agent stood still or lagged. */
	readonly repeated: () => Promise<number>;
	/** Waits until there were so many attempts; rejects after two minutes. */
	readonly reach: (attempts: number) => Promise<void>;
}

/** Starts an agent on a node of its own, with a limit on CPU if there is one, and waits until it answers. */
export async function startAgent(program: Program, world: Ready, wish: Wish, cpus?: number): Promise<Agent> {
	await using stack = new AsyncDisposableStack();
	const hosts = Object.fromEntries(namesOf(wish).map((name) => [name, world.address]));
	const node = stack.use(await makeNode({ hosts, bundle: world.ca }));
	const port = await freePort();
	const file = 'etc/registry-probe.yaml';
	await node.write(file, configurationText(wish, world, { root: node.root, port }));
	const url = `http://127.0.0.1:${port}`;
	const words = [...program.command, 'agent', '--config', join(node.root, file), '--log-level', 'warn'];
	const agent = stack.use(run(words, { environment: program.environment, cpus }));
	const startedWithin = await firstAnswer(agent, `${url}/metrics`);
	const attempts = async () => {
		agent.mustRun();
		return attemptsOf(await textOf(`${url}/metrics`));
	};
	const repeated = async () => sumOf(await textOf(`${url}/metrics`), 'attempts_repeated_total');
	const reach = async (count: number) => {
		const began = performance.now();
		for (let made = 0; made < count; made = await attempts()) {
			if (performance.now() - began > reachLimitMs) throw new Error(`${made} of ${count} attempts after two minutes`);
			await sleep(500);
		}
	};
	const owned = stack.move();
	return { ...agent, startedWithin, url, attempts, repeated, reach, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function attemptsOf(metrics: string): number {
	const failures = sumOf(metrics, 'failures_total');
	const [failed = ''] = /^registry_probe_failures_total\{.*\} [1-9].*$/m.exec(metrics) ?? [];
	if (failures > 0) throw new Error(`${failures} attempts failed, and figures of failures say nothing: ${failed}`);
	return sumOf(metrics, 'attempts_total');
}

/** The sum of all series of a metric. */
function sumOf(metrics: string, name: string): number {
	const series = metrics.matchAll(new RegExp(`^registry_probe_${name}\\{.*\\} (\\S+)$`, 'gm'));
	return [...series].reduce((total, [, value]) => total + Number(value), 0);
}
