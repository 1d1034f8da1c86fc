import type { Duplex } from 'node:stream';

import { ApiFailure, asFailure } from '../apiFailure.ts';
import type { AgentPod } from './agentPods.ts';
import { documentOver } from './document.ts';
import type { RemoteApi } from './remoteApi.ts';

/**
 * A document of an agent (`/api/v1/observations`) through a port-forward. To the agent the question comes from its own node,
 * so that it asks for no token; the one of the kubeconfig is for the API server alone and is not shown to it. Throws
 * `ApiFailure`; the signal ends it.
 */
export async function askAgent(api: RemoteApi, agent: AgentPod, path: string, signal: AbortSignal): Promise<unknown> {
	const tunnel = await opened(api, agent, signal);
	return await documentOver(tunnel, path, { host: `localhost:${agent.port}`, secure: agent.secure }, signal);
}

/** A tunnel that is refused is no answer of the agent. */
async function opened(api: RemoteApi, agent: AgentPod, signal: AbortSignal): Promise<Duplex> {
	try {
		return await api.tunnel(agent, signal);
	} catch (error) {
		if (signal.aborted) throw new ApiFailure('no answer in time');
		throw new TunnelRefused(asFailure(error));
	}
}

/** The API server or the kubelet made no tunnel. */
export class TunnelRefused extends ApiFailure {
	/** The status that the API server refused it with. */
	readonly refusedWith: number | undefined;

	constructor({ message, status }: ApiFailure) {
		super(message);
		this.refusedWith = status;
	}
}
