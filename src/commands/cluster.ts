import { Command, InvalidArgumentError } from 'commander';

import { commonOptions, readCommonOptions } from './options.ts';
import { remoteDefaults, type RemoteOptions, remoteOptions } from './remoteOptions.ts';

/** What `cluster` can be told. */
export interface ClusterOptions extends RemoteOptions {
	/** Asked in place of the agents. */
	readonly prometheus?: URL;
	/** Agents that are asked at once. */
	readonly concurrency: number;
}

const defaults = { ...remoteDefaults, concurrency: 32 } as const;

/** `cluster`: what all nodes find, side by side, and how far each fault reaches. */
export function clusterCommand(): Command {
	return remoteOptions(commonOptions(new Command('cluster')))
		.description('ask the agents of all nodes: is it this node, this zone, one egress address, or everybody?')
		.option('--prometheus <url>', 'ask this Prometheus in place of the agents: one query', prometheus)
		.option('--concurrency <number>', 'agents that are asked at once (default: 32)', concurrency)
		.action(async (_options: unknown, command: Command) => {
			const { cluster } = await import('./remote.ts');
			const given = { ...readCommonOptions(command), ...command.opts<Partial<ClusterOptions>>() };
			process.exitCode = await cluster({ ...defaults, ...given });
		});
}

function prometheus(value: string): URL {
	const url = URL.parse(value);
	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
		throw new InvalidArgumentError('It is no URL; write for example http://localhost:9090.');
	}
	if (isEncoded(url)) return url;
	throw new InvalidArgumentError('Its login is not percent-encoded; write % as %25.');
}

function isEncoded({ username, password }: URL): boolean {
	try {
		decodeURIComponent(`${username}:${password}`);
		return true;
	} catch {
		return false;
	}
}

function concurrency(value: string): number {
	const number = /^\d{1,3}$/.test(value) ? Number(value) : 0;
	if (number < 1 || number > 256) throw new InvalidArgumentError('It is no number from 1 to 256.');
	return number;
}
