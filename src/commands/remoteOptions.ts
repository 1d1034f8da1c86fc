import { InvalidArgumentError, type Command } from 'commander';

import { readDuration } from '../config/duration.ts';
import { Wrong } from '../config/fault.ts';
import type { CommonOptions } from './options.ts';

/** What the commands can be told that ask a cluster from anywhere. */
export interface RemoteOptions extends CommonOptions {
	readonly kubeconfig?: string;
	readonly context?: string;
	/** Where agents are looked for; default: in all namespaces. */
	readonly agentsNamespace?: string;
	/** Seconds for all of it. */
	readonly timeout: number;
	/** Seconds for one agent. */
	readonly agentTimeout: number;
}

/** Adds the options of the commands that ask a cluster. */
export function remoteOptions(command: Command): Command {
	return command
		.option('--kubeconfig <file>', 'kubeconfig (default: $KUBECONFIG, ~/.kube/config, in a pod its service account)')
		.option('--context <name>', 'context of the kubeconfig (default: the current one)')
		.option('--agents-namespace <name>', 'namespace of the agents (default: all)', namespace)
		.option('--timeout <duration>', 'for all of it (default: 60s)', seconds)
		.option('--agent-timeout <duration>', 'for each agent (default: 10s)', seconds);
}

/** The defaults of `remoteOptions`. */
export const remoteDefaults = { timeout: 60, agentTimeout: 10 } as const;

function seconds(value: string): number {
	const read = readDuration(value);
	if (read instanceof Wrong) throw new InvalidArgumentError(`It ${read.wrong}; ${read.better ?? read.remedy}.`);
	return read;
}

/** As Kubernetes names namespaces (RFC 1123, label). */
function namespace(value: string): string {
	if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) throw new InvalidArgumentError('It is no namespace.');
	return value;
}
