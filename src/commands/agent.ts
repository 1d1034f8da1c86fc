import { Command } from 'commander';
import { ConfigurationError, formatFaults } from '../config/fault.ts';
import { loadConfig } from '../config/load.ts';
import { formatAddress, ListenFailed } from '../server/listen.ts';
import { startAgent } from './agentParts.ts';
import { processLog } from './log.ts';
import { commonOptions, readCommonOptions, type CommonOptions } from './options.ts';

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

/** Runs until SIGTERM or SIGINT and gives the exit code: 0 stopped on request, 2 configuration unusable or port taken. */
async function agent({ config: file, node, root, logLevel, state }: AgentOptions): Promise<number> {
	const log = processLog(logLevel);
	const stopped = firstOf('SIGTERM', 'SIGINT');
	try {
		const load = () => loadConfig({ file, environment: process.env, overrides: { node, root } });
		const running = await startAgent({ load, state, log });
		process.on('SIGHUP', running.reload);
		log.info('agent listens', { address: formatAddress(running.address) });
		log.info('agent stops', { signal: await stopped });
		await running.stop();
		process.off('SIGHUP', running.reload);
		return 0;
	} catch (error) {
		for (const line of complaint(error)) process.stderr.write(`${line}\n`);
		return 2;
	}
}

/** What to tell about an agent that cannot start; throws what is no fault of its user. */
function complaint(error: unknown): readonly string[] {
	if (error instanceof ConfigurationError) return formatFaults(error.faults);
	if (error instanceof ListenFailed)
		return [`${error.message}; set \`listen\` in the configuration to another address`];
	throw error;
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
