import { Command } from 'commander';

import { explainDocument } from '../explain/document.ts';
import { longestMessage } from '../explain/message.ts';
import type { Reading } from '../explain/reading.ts';
import { readMessage } from '../explain/readMessage.ts';
import { renderReading } from '../views/terminal/readingReport.ts';
import { commonOptions, type CommonOptions, readCommonOptions } from './options.ts';
import { readStart } from './readStart.ts';
import { styleFor } from './terminal.ts';

/** The text did not say why the pull failed. */
const notUnderstood = 1;

/** `explain`: reads a message of kubelet or the runtime. Asks nobody and needs no configuration. */
export function explainCommand(): Command {
	return commonOptions(new Command('explain'))
		.description('read a message of kubelet, containerd or CRI-O: what failed, where, why and what to do')
		.requiredOption('--message <text>', 'the message as the pod shows it; - reads it from standard input')
		.action(async ({ message }: { readonly message: string }, command: Command) => {
			const text = message === '-' ? await readStart(process.stdin, longestMessage) : message;
			if (text.trim() === '') return command.error('the message is empty; give the text that the pod shows');
			const reading = readMessage(text);
			process.stdout.write(rendered(reading, readCommonOptions(command)));
			process.exitCode = reading.reason === null ? notUnderstood : 0;
		});
}

function rendered(reading: Reading, { output, verbose }: CommonOptions): string {
	if (output === 'json') return `${JSON.stringify(explainDocument(reading), null, '\t')}\n`;
	return renderReading(reading, { ...styleFor(process.stdout, process.env), verbose });
}
