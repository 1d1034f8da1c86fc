import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent, type Agent } from '../agent.ts';
import { textOf } from '../http.ts';
import { makeProgram } from '../program.ts';
import { startWorld } from '../worldProcess.ts';
import type { FleetOptions } from './options.ts';

/** Real agents, each on a node and with registries of its own. */
export interface Agents extends AsyncDisposable {
	/**
	 * What each tells, as it was when all its pulls succeeded last: a fault that the machine of the bench causes is none
	 * of the fleet's.
	 */
	texts(): Promise<readonly string[]>;
}

/** Seconds until every agent gets along. */
const patience = 600;

/** Starts them, and the servers that they probe. Throws when one of them does not get along. */
export async function startAgents({ agents, registries }: FleetOptions): Promise<Agents> {
	await using stack = new AsyncDisposableStack();
	const world = stack.use(await startWorld());
	const program = await makeProgram();
	// Each ends with this process.
	process.setMaxListeners(agents + 10);
	const wish = { kind: 'blob', targets: registries, interval: 60, ownNames: true } as const;
	const running: Agent[] = [];
	for (let at = 0; at < agents; at++) running.push(stack.use(await startAgent(program, world, wish)));
	const well = new Map<string, string>();
	const texts = async () => {
		for (const { url } of running) {
			const text = await textOf(`${url}/metrics`);
			if (isWell(text, registries)) well.set(url, text);
		}
		return [...well.values()];
	};
	for (const end = Date.now() + patience * 1000; (await texts()).length < agents; await sleep(1000))
		if (Date.now() > end) throw new Error(`not every agent gets along within ${patience} s`);
	const owned = stack.move();
	return { texts, [Symbol.asyncDispose]: async () => await owned.disposeAsync() };
}

function isWell(text: string, registries: number): boolean {
	return [...text.matchAll(/^registry_probe_pull_success\{[^}]*\} 1$/gm)].length === registries;
}
