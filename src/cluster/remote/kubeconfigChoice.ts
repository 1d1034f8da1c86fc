import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** There is no kubeconfig, or it cannot be used. The message says what to do. */
export class KubeconfigUnusable extends Error {
	override readonly name = 'KubeconfigUnusable';
}

/** Which kubeconfig, and which of its contexts. */
export interface KubeconfigChoice {
	/** In place of those that the environment names. */
	readonly file?: string;
	/** In place of the current one. */
	readonly context?: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Whether a kubeconfig is there or asked for: something else than the service account of a pod. */
export function namesKubeconfig({ context, ...choice }: KubeconfigChoice): boolean {
	return context !== undefined || kubeconfigFiles(choice).length > 0;
}

/** The files that hold it. Those of the environment that are not there are passed over, as kubectl does. */
export function kubeconfigFiles({ file, environment }: Omit<KubeconfigChoice, 'context'>): readonly string[] {
	return file === undefined ? filesOf(environment) : [file];
}

function filesOf({
	KUBECONFIG: list = '',
	HOME: home = homedir(),
}: KubeconfigChoice['environment']): readonly string[] {
	const named = list === '' ? [join(home, '.kube', 'config')] : list.split(delimiter).filter((name) => name !== '');
	return named.filter((name) => existsSync(name));
}
