import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The programs of a control plane, and what comes with them; paths. */
export interface Programs {
	readonly apiServer: string;
	readonly etcd: string;
	readonly kubectl: string;
	/** The definitions of the kinds PodMonitor and PrometheusRule, YAML. */
	readonly monitoring: string;
}

/** Where programs are kept that take long to make. Outside the checkout: a new one need not make them again. */
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'registry-probe', 'kubernetes');

/** Makes what is missing, which takes minutes the first time. Throws when it cannot; the recipe has then said why. */
export function makePrograms(): Programs {
	const recipe = join(import.meta.dirname, 'build.sh');
	const { status, stdout } = spawnSync(recipe, [cache], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
	if (status !== 0) throw new Error('the programs of a control plane cannot be made; see above');
	const made = stdout.trim();
	return {
		apiServer: join(made, 'kube-apiserver'),
		etcd: join(made, 'etcd'),
		kubectl: join(made, 'kubectl'),
		monitoring: join(made, 'monitoring.yaml'),
	};
}
