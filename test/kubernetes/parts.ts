import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The programs of a control plane, and what comes with them; paths. */
export interface Programs {
	readonly apiServer: string;
	readonly etcd: string;
	readonly kubectl: string;
	/** Takes port-forwards for the kubelets of a simulated fleet. */
	readonly fleet: string;
	/** The definitions of the kinds PodMonitor and PrometheusRule, YAML. */
	readonly monitoring: string;
}

/** Where programs are kept that take long to make. Outside the checkout: a new one need not make them again. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'registry-probe', 'kubernetes');

/** Has a recipe make what is missing, and gives the directory. Throws when it cannot; the recipe has then said why. */
export function madeBy(recipe: string): string {
	const { status, stdout } = spawnSync(recipe, [cache], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
	if (status !== 0) throw new Error(`${recipe} has failed; see above`);
	return stdout.trim();
}

/** Makes what is missing, which takes minutes the first time. Throws when it cannot. */
export function makePrograms(): Programs {
	const made = madeBy(join(import.meta.dirname, 'build.sh'));
	return {
		apiServer: join(made, 'kube-apiserver'),
		etcd: join(made, 'etcd'),
		kubectl: join(made, 'kubectl'),
		fleet: join(made, 'fleet'),
		monitoring: join(made, 'monitoring.yaml'),
	};
}
