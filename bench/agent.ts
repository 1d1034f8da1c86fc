import { join } from 'node:path';
import { makeNode, type Node } from '../test/fakes/node.ts';
import { accountToken } from './api.ts';
import { configurationText, namesOf } from './configuration.ts';
import type { Wish } from './configuration.ts';
import { freePort } from './freePort.ts';
import { firstAnswer } from './http.ts';
import { looksAt } from './looks.ts';
import type { Looks } from './looks.ts';
import type { Program } from './program.ts';
import type { Ready } from './protocol.ts';
import { run } from './run.ts';
import type { Run } from './run.ts';

/** A running agent. */
export interface Agent extends Run, Looks {
	/** Milliseconds from its start to its first answer to `/metrics`. */
	readonly startedWithin: number;
	readonly url: string;
}

/** Starts an agent on a node of its own, with a limit on CPU if there is one, and waits until it answers. */
export async function startAgent(program: Program, world: Ready, wish: Wish, cpus?: number): Promise<Agent> {
	await using stack = new AsyncDisposableStack();
	const hosts = Object.fromEntries(namesOf(wish).map((name) => [name, world.address]));
	const node = stack.use(await makeNode({ hosts, bundle: world.ca }));
	const port = await freePort();
	const file = 'etc/registry-probe.yaml';
	const account = join(node.root, serviceAccount);
	await node.write(file, configurationText(wish, world, { root: node.root, port, account }));
	const pod = wish.discovery === true ? await makePod(node, world) : {};
	const url = `http://127.0.0.1:${port}`;
	const words = [...program.command, 'agent', '--config', join(node.root, file), '--log-level', 'warn'];
	const agent = stack.use(run(words, { environment: { ...program.environment, ...pod }, cpus }));
	const startedWithin = await firstAnswer(agent, `${url}/metrics`);
	const owned = stack.move();
	const dispose = async () => await owned.disposeAsync();
	return { ...agent, ...looksAt(agent, url), startedWithin, url, [Symbol.asyncDispose]: dispose };
}

const serviceAccount = 'serviceaccount';

/** What a pod finds in its environment, and in the directory of its service account. */
async function makePod(node: Node, world: Ready): Promise<Record<string, string>> {
	await node.write(join(serviceAccount, 'token'), accountToken);
	await node.write(join(serviceAccount, 'ca.crt'), world.ca);
	return {
		KUBERNETES_SERVICE_HOST: world.address,
		KUBERNETES_SERVICE_PORT: String(world.api),
		NODE_NAME: 'bench-node',
	};
}
