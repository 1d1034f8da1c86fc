import { allCommands } from '../../src/commands/commands.ts';
import { code, tableOf } from './table.ts';

const commands = allCommands();

/** An option with the commands that have it. */
interface Found {
	readonly description: string;
	readonly of: readonly string[];
}

/** Every option of the commands: those of all, then each with the commands that have it. */
export function optionsTable(): string {
	const found = new Map<string, Found>();
	for (const command of commands) {
		for (const { flags, description, argChoices = [] } of command.options) {
			const { of = [] } = found.get(flags) ?? {};
			const words = [description, ...(argChoices.length > 0 ? [argChoices.map(code).join(', ')] : [])].join(': ');
			found.set(flags, { description: words, of: [...of, command.name()] });
		}
	}
	const common = [...found].toSorted(([, one], [, other]) => other.of.length - one.of.length);
	return tableOf(
		['option', 'does', 'of'],
		common.map(([flags, { description, of }]) => [code(flags), description, ofWhich(of)]),
	);
}

function ofWhich(of: readonly string[]): string {
	return of.length === commands.length ? 'every command' : of.map(code).join(', ');
}
