import { Command } from 'commander';

import { openNode } from './nodeHere.ts';
import { commonOptions, readCommonOptions } from './options.ts';
import { plannedDocument } from './planned.ts';
import { planText } from './planText.ts';
import { loadSettings } from './settings.ts';

/** `plan`: what would be probed from this node, and why. Sends nothing. */
export function planCommand(): Command {
	return commonOptions(new Command('plan'))
		.description('show what would be probed and why; sends nothing')
		.action(async (_options: unknown, command: Command) => {
			const options = readCommonOptions(command);
			const config = await loadSettings(options);
			const here = await openNode(config);
			const document = plannedDocument(here);
			const json = options.output === 'json';
			const text = json ? JSON.stringify(document, null, 2) : planText(document, here.targets());
			process.stdout.write(`${text}\n`);
		});
}
