import type { Config } from '../config/config.ts';
import type { Target } from '../plan/target.ts';
import type { PullVerdict } from '../verdict/pullVerdict.ts';
import { concealing } from './concealing.ts';
import type { ConditionHere } from './conditionHere.ts';
import type { ExplainedPods } from './explainedPods.ts';
import type { Log } from './log.ts';

export interface WritingParts {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The node's name in the cluster, where the environment has no NODE_NAME. */
	readonly node: string;
	readonly log: Log;
	readonly explanations: ExplainedPods['explanations'];
}

/** What is written to the cluster, as far as the configuration switches it on. */
export interface ClusterWriting {
	/** Takes over a configuration: what it switches off is taken back. */
	configure(config: Pick<Config, 'cluster' | 'discovery'>): Promise<void>;
	/** Takes over what is probed: registries that pods alone name say nothing about the node. */
	plan(targets: readonly Target[]): void;
	/** Takes in verdicts after an attempt. */
	see(verdicts: readonly PullVerdict[]): void;
	/** Within two seconds. */
	stop(): Promise<void>;
}

/** Nothing of what can write is loaded before it is switched on. */
export function createWriting({ environment, log, explanations, ...parts }: WritingParts): ClusterWriting {
	const node = environment['NODE_NAME'] || parts.node;
	let registries: readonly string[] = [];
	// `as`: the directory of the service account as which it writes.
	let condition: (ConditionHere & { readonly as: string }) | undefined;
	let events: { readonly as: string; stop(): void } | undefined;

	const accessFor = async (directory: string) => {
		const { inClusterAccess } = await import('../cluster/inCluster.ts');
		const access = inClusterAccess(environment, directory, concealing);
		if (!access) log.warn('there is no token, so that nothing is written to the cluster', { directory });
		return access;
	};
	const openCondition = async (after: number, as: string): Promise<typeof condition> => {
		const access = await accessFor(as);
		if (!access) return undefined;
		const here = await import('./conditionHere.ts');
		return { ...here.openCondition({ access, node, log, after, registries }), as };
	};
	const openEvents = async (as: string): Promise<typeof events> => {
		const access = await accessFor(as);
		if (!access) return undefined;
		const here = await import('./eventsHere.ts');
		return { ...here.openEvents({ access, node, log, explanations }), as };
	};

	return {
		async configure({ cluster, discovery: { serviceAccount } }) {
			if (condition && !(cluster.condition && condition.as === serviceAccount)) {
				await condition.stop(cluster.condition ? 'stopped' : 'off');
				condition = undefined;
			}
			if (cluster.condition) condition ??= await openCondition(cluster.conditionAfter, serviceAccount);
			condition?.use(cluster.conditionAfter);
			if (events && !(cluster.events && events.as === serviceAccount)) {
				events.stop();
				events = undefined;
			}
			if (cluster.events) events ??= await openEvents(serviceAccount);
		},
		plan(targets) {
			const counted = targets.filter(({ origin, unasked }) => origin !== 'discovered' && !unasked);
			registries = [...new Set(counted.map(({ registry }) => registry))];
			condition?.keep(registries);
		},
		see: (verdicts) => condition?.see(verdicts),
		async stop() {
			events?.stop();
			await condition?.stop('stopped');
		},
	};
}
