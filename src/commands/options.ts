import { InvalidArgumentError, Option, type Command } from 'commander';

/** The levels of `--log-level`, from quiet to talkative. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What every command can be told. */
export interface CommonOptions {
	/** The configuration file; without it the built-in defaults hold. */
	readonly config?: string;
	/** Stands over `node.name` of the configuration. */
	readonly node?: string;
	/** Stands over `node.root` of the configuration. */
	readonly root?: string;
	readonly output: 'text' | 'json';
	readonly logLevel: LogLevel;
	readonly verbose: boolean;
}

function filled(value: string): string {
	if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
	return value;
}

/**
 * Adds the options that every command has. They carry no defaults here, so that a value given before the command
 * and one given after it can be told apart from none; `readCommonOptions` fills the defaults in.
 */
export function commonOptions(command: Command): Command {
	return command
		.option('--config <file>', 'configuration file (default: built-in settings)', filled)
		.option('--node <name>', 'name of this node (default: $NODE_NAME, else the host name)', filled)
		.option('--root <dir>', "where the node's file system is (default: /)", filled)
		.addOption(new Option('--output <format>', 'how results are written (default: text)').choices(['text', 'json']))
		.addOption(new Option('--log-level <level>', 'which log lines are written (default: info)').choices([...logLevels]))
		.option('--verbose', 'show everything, green paths too');
}

/** The common options as given to this command or before it. */
export function readCommonOptions(command: Command): CommonOptions {
	return { output: 'text', logLevel: 'info', verbose: false, ...command.optsWithGlobals<Partial<CommonOptions>>() };
}
