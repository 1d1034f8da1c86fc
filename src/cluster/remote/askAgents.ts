import pLimit from 'p-limit';

import { type ApiFailure, asFailure } from '../apiFailure.ts';
import type { AgentPod } from './agentPods.ts';
import { askAgent } from './askAgent.ts';
import type { RemoteApi } from './remoteApi.ts';

/** What became of one question. */
export type Asked =
	| { readonly agent: AgentPod; readonly document: unknown }
	| { readonly agent: AgentPod; readonly failure: ApiFailure; readonly late: boolean };

export interface AskOptions {
	/** Agents that are asked at once. */
	readonly concurrency: number;
	/** Milliseconds for one agent. */
	readonly patience: number;
	/** Ends it all: those not asked by then count as late. */
	readonly signal: AbortSignal;
	/** Told after each. */
	readonly onAsked?: () => void;
}

/** Asks agents for a document each. Never throws because of one of them. In the order of `agents`. */
export async function askAgents(
	api: RemoteApi,
	agents: readonly AgentPod[],
	path: string,
	{ concurrency, patience, signal, onAsked }: AskOptions,
): Promise<readonly Asked[]> {
	const limit = pLimit(concurrency);
	return await Promise.all(
		agents.map((agent) =>
			limit(async (): Promise<Asked> => {
				const timely = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
				try {
					timely.throwIfAborted();
					return { agent, document: await askAgent(api, agent, path, timely) };
				} catch (error) {
					return { agent, failure: asFailure(error), late: timely.aborted };
				} finally {
					onAsked?.();
				}
			}),
		),
	);
}
