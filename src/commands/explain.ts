import { Command, InvalidArgumentError } from 'commander';

import { explainDocument } from '../explain/document.ts';
import { longestMessage } from '../explain/message.ts';
import type { Reading } from '../explain/reading.ts';
import { readMessage } from '../explain/readMessage.ts';
import { renderReading } from '../views/terminal/readingReport.ts';
import { commonOptions, type CommonOptions, readCommonOptions } from './options.ts';
import { readStart } from './readStart.ts';
import { remoteDefaults, type RemoteOptions, remoteOptions } from './remoteOptions.ts';
import { styleFor } from './terminal.ts';

/** What `explain` can be told about a pod. */
export interface ExplainPodOptions extends RemoteOptions {
	/** An agent that can be reached directly: it is asked alone, and no API server. */
	readonly agent?: URL;
}

/** The text did not say why the pull failed. */
const notUnderstood = 1;

/** `explain`: says why a pod's image does not come; or reads a message, for which it asks nobody and needs no configuration. */
export function explainCommand(): Command {
	return remoteOptions(commonOptions(new Command('explain')))
		.description("why a pod's image does not come; or what a message of kubelet, containerd or CRI-O says")
		.argument('[pod]', '[NAMESPACE/]POD (default: the namespace of the kubeconfig)', podName)
		.option('--message <text>', 'the message as the pod shows it; - reads it from standard input')
		.option('--agent <url>', 'ask this agent alone, as in its own pod: http://127.0.0.1:9917', agentUrl)
		.action(async (pod: NamedPod | undefined, { message }: { readonly message?: string }, command: Command) => {
			if (pod && message !== undefined) return command.error('name a pod or give --message, not both');
			if (pod) process.exitCode = await explainNamed(pod, command);
			else if (message === undefined) return command.error('name a pod, or give --message');
			else process.exitCode = await explainText(message, command);
		});
}

interface NamedPod {
	readonly namespace?: string;
	readonly name: string;
}

async function explainNamed(pod: NamedPod, command: Command): Promise<number> {
	const { explainPod } = await import('./remote.ts');
	const given = { ...readCommonOptions(command), ...command.opts<Partial<ExplainPodOptions>>() };
	return await explainPod(pod, { ...remoteDefaults, ...given });
}

async function explainText(message: string, command: Command): Promise<number> {
	const text = message === '-' ? await readStart(process.stdin, longestMessage) : message;
	if (text.trim() === '') return command.error('the message is empty; give the text that the pod shows');
	const reading = readMessage(text);
	process.stdout.write(rendered(reading, readCommonOptions(command)));
	return reading.reason === null ? notUnderstood : 0;
}

function rendered(reading: Reading, { output, verbose }: CommonOptions): string {
	if (output === 'json') return `${JSON.stringify(explainDocument(reading), null, '\t')}\n`;
	return renderReading(reading, { ...styleFor(process.stdout, process.env), verbose });
}

/** Names as Kubernetes has them (RFC 1123): whatever else was written is no pod, and goes into no path. */
function podName(value: string): NamedPod {
	const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
	const pattern = new RegExp(`^(?:(${label})/)?(${label}(?:\\.${label})*)$`);
	const [, namespace, name] = pattern.exec(value) ?? [];
	if (name === undefined || name.length > 253) throw new InvalidArgumentError('Write NAMESPACE/POD or POD.');
	return { name, ...(namespace !== undefined && { namespace }) };
}

function agentUrl(value: string): URL {
	const url = URL.parse(value);
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
	throw new InvalidArgumentError('It is no URL; write for example http://127.0.0.1:9917.');
}
