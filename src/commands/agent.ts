import { Command } from 'commander';
import { formatAddress, ListenFailed } from '../server/listen.ts';
import { startAgent } from './agentParts.ts';
import { processLog } from './log.ts';
import { commonOptions, readCommonOptions, type CommonOptions } from './options.ts';
import { loadSettings } from './settings.ts';

interface AgentOptions extends CommonOptions {
	/** Where pauses survive a restart. */
	readonly state?: string;
}

/** `agent`: probes on schedule and serves what it found, until it is told to stop. */
export function agentCommand(): Command {
	return commonOptions(new Command('agent'))
		.description('probe on schedule and serve metrics, status page and API until stopped')
		.option('--state <dir>', 'directory that keeps pauses over a restart (default: memory only)')
		.action(async (_options: unknown, command: Command) => {
			process.exitCode = await agent({ ...readCommonOptions(command), ...command.opts<{ state?: string }>() });
		});
}

/**
 * Runs until SIGTERM or SIGINT and gives the exit code: 0 stopped on request, 2 port taken. Throws
 * `ConfigurationError` when it cannot start with its configuration.
 */
async function agent({ state, ...options }: AgentOptions): Promise<number> {
	const log = processLog(options.logLevel);
	const stopped = firstOf('SIGTERM', 'SIGINT');
	try {
		const running = await startAgent({ load: () => loadSettings(options), state, environment: process.env, log });
		process.on('SIGHUP', running.reload);
		log.info('agent listens', { address: formatAddress(running.address) });
		log.info('agent stops', { signal: await stopped });
		await running.stop();
		process.off('SIGHUP', running.reload);
		return 0;
	} catch (error) {
		if (!(error instanceof ListenFailed)) throw error;
		process.stderr.write(`registry-probe: ${error.message}; choose another \`listen\` in the configuration\n`);
		return 2;
	}
}

/** The signal that came first; the next one has its usual effect. */
function firstOf(...signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		const told = (signal: NodeJS.Signals) => {
			for (const name of signals) process.off(name, told);
			resolve(signal);
		};
		for (const name of signals) process.on(name, told);
	});
}
