import { createServer, type Server } from 'node:net';

import type { Target } from '../../src/plan/target.ts';
import type { Vantage } from '../../src/plan/vantage.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { createVantage } from '../../src/node/vantage.ts';
import { probe } from '../../src/probe/probe.ts';
import { answerCalls } from './channel.ts';

/** What can be asked of a node. */
export type Message =
	/** One attempt, as `Attempted`; `root`: where the node's file system is. */
	| { readonly attempt: Target; readonly root: string }
	/** The text at a URL. */
	| { readonly get: string }
	/** Takes these TCP ports, and gives those of the last call back. */
	| { readonly occupy: readonly number[] };

export interface Attempted {
	readonly observation: Observation;
	/** How long it took until the observation was there. */
	readonly seconds: number;
}

let occupied: readonly Server[] = [];

/** By root. As in an agent, what was last read of a node holds while nothing more can be opened. */
const vantages = new Map<string, () => Vantage>();

function vantageOf(root: string): () => Vantage {
	const vantage = vantages.get(root) ?? createVantage(root);
	vantages.set(root, vantage);
	return vantage;
}

async function occupy(ports: readonly number[]): Promise<void> {
	await Promise.all(occupied.map((server) => new Promise((resolve) => server.close(resolve))));
	occupied = ports.map((port) => createServer().listen(port, '::'));
}

async function attempt(target: Target, root: string): Promise<Attempted> {
	const gate = async <T>(begin: () => T) => begin();
	const surroundings = { vantage: vantageOf(root), logins: async () => ({}), gate };
	const from = performance.now();
	const observation = await probe(target, surroundings, { signal: new AbortController().signal });
	return { observation, seconds: (performance.now() - from) / 1000 };
}

answerCalls<Message>(async (message) => {
	if ('occupy' in message) return await occupy(message.occupy);
	if ('get' in message) return await (await fetch(message.get)).text();
	return await attempt(message.attempt, message.root);
});
