import { Command, CommanderError } from 'commander';

import { ConfigurationError, formatFaults } from '../config/fault.ts';
import { redactText } from '../registry/redactText.ts';
import { commonOptions } from './options.ts';
import { versionText } from './versionText.ts';

/** Bad usage, or a configuration that cannot be used. */
const unusable = 2;
/** A fault of this program (EX_SOFTWARE of sysexits.h): 1 says that a pull would fail. */
const ownFault = 70;

/** The program with its commands. Errors of usage are thrown, so that they can be said in one line. */
export function createProgram(commands: readonly Command[]): Command {
	const program = commonOptions(new Command('registry-probe'))
		.description('walks the path of an image pull from this node and says where it breaks')
		.version(versionText(), '--version', 'show the version, and those of Node.js and OpenSSL')
		.helpOption('--help', 'show this help')
		.exitOverride()
		.configureOutput({ writeErr: () => {} });
	for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
	return program;
}

/**
 * Runs the command that `argv` names (without interpreter and script) and gives the exit code that its ending asks
 * for; undefined when the command has set one of its own or nothing went wrong. Never throws.
 */
export async function run(program: Command, argv: readonly string[]): Promise<number | undefined> {
	try {
		await program.parseAsync(argv, { from: 'user' });
		return undefined;
	} catch (error) {
		const { lines, code } = ending(program, error);
		if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
		return code;
	}
}

function ending(program: Command, error: unknown): { lines: readonly string[]; code: number } {
	if (error instanceof CommanderError) {
		if (error.exitCode === 0) return { lines: [], code: 0 };
		return { lines: [usage(program, error)], code: unusable };
	}
	if (error instanceof ConfigurationError) {
		const count = error.faults.length === 1 ? '1 fault' : `${error.faults.length} faults`;
		return { lines: [...formatFaults(error.faults), `${count}; nothing was done`], code: unusable };
	}
	const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return { lines: [`registry-probe: this is a fault of the program, please report it: ${said}`], code: ownFault };
}

/** One line: what is wrong, and where to read what is right. */
function usage(program: Command, { code, message }: CommanderError): string {
	const names = program.commands.map((command) => command.name()).join(', ');
	if (code === 'commander.help') return `registry-probe: name a command: ${names}; see registry-probe --help`;
	// Some arguments are URLs in which a login may stand.
	const said = redactText(message)
		.replace(/^error: /, '')
		.replace(/\s*\n\s*/g, ' ')
		.replace(/\.$/, '');
	return `registry-probe: ${said}; see registry-probe --help`;
}
