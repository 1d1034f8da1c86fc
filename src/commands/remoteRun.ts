import { ApiFailure } from '../cluster/apiFailure.ts';
import { type KubeconfigChoice, KubeconfigUnusable } from '../cluster/remote/kubeconfigChoice.ts';
import { showLiveLine } from './liveLine.ts';
import type { RemoteOptions } from './remoteOptions.ts';
import { styleFor } from './terminal.ts';

/** Bad usage, or no kubeconfig that could be used. */
export const unusable = 2;
/** It could not be found out. */
export const unknown = 3;
/** The code of a process that Ctrl-C ended, by the convention of shells. */
const interrupted = 130;

/** What a run is given: when it must end, and where to say how far it is. */
export interface Run {
	readonly signal: AbortSignal;
	/** Says what is done now, on a terminal. */
	readonly tell: (text: string) => void;
}

/** How a run ended: with a result for standard output, or a complaint for standard error. */
export interface Ending {
	readonly code: number;
	readonly result?: string;
	/** One line. */
	readonly complaint?: string;
}

/**
 * Runs a command against a cluster, writes what it comes to, and gives its exit code: that of `work`; 2 for a kubeconfig that
 * cannot be used, 3 where the API server cannot be asked.
 */
export async function runRemotely(
	{ timeout }: Pick<RemoteOptions, 'timeout'>,
	work: (run: Run) => Promise<Ending>,
): Promise<number> {
	const interruption = new AbortController();
	const interrupt = () => interruption.abort();
	const signal = AbortSignal.any([interruption.signal, AbortSignal.timeout(timeout * 1000)]);
	let doing = 'asking the Kubernetes API';
	const line = showLiveLine(process.stderr, styleFor(process.stderr, process.env).unicode, () => doing);
	process.once('SIGINT', interrupt);
	const ending = await work({ signal, tell: (text) => (doing = text) })
		.catch((error: unknown) => endingOf(error, signal.aborted ? ` within ${timeout} s` : ''))
		.finally(() => {
			process.off('SIGINT', interrupt);
			line.clear();
		});
	if (interruption.signal.aborted) return interrupted;
	if (ending.result !== undefined) process.stdout.write(ending.result);
	if (ending.complaint !== undefined) process.stderr.write(`registry-probe: ${ending.complaint}\n`);
	return ending.code;
}

/** Throws what is a fault of this program. */
function endingOf(error: unknown, late: string): Ending {
	if (error instanceof KubeconfigUnusable) return { code: unusable, complaint: error.message };
	if (!(error instanceof ApiFailure)) throw error;
	return { code: unknown, complaint: `the cluster cannot be asked${late}: ${error.message}` };
}

/** Which kubeconfig the options choose. */
export function kubeconfigChoice({ kubeconfig: file, context }: RemoteOptions): KubeconfigChoice {
	return {
		environment: process.env,
		...(file !== undefined && { file }),
		...(context !== undefined && { context }),
	};
}
