import { ApiFailure } from '../cluster/apiFailure.ts';
import { askNearAgent } from '../cluster/remote/nearAgent.ts';
import { readPods } from '../explain/readPods.ts';
import { printable } from '../registry/redact.ts';
import { elsewhereOf } from '../verdict/fleet/elsewhere.ts';
import { readObservations } from '../verdict/fleet/readObservations.ts';
import type { PodReport } from '../views/terminal/podReport.ts';
import type { NamedPod } from './explainPodRun.ts';

/** Milliseconds for an agent on the same machine. */
const patience = 10_000;

/** What an agent that can be reached directly explains of a pod; undefined where it has nothing to explain. Throws for no answer. */
export async function podOfLoopback(
	agent: URL,
	{ namespace, name }: Required<NamedPod>,
	signal: AbortSignal,
): Promise<PodReport | undefined> {
	const timely = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
	const document = await askNearAgent(agent, '/api/v1/pods', timely);
	const read = readPods(document);
	if (!read) throw new ApiFailure('what it answers is no explanation of pods');
	if (read.syncedAt === undefined)
		throw new ApiFailure('it does not look at pods (the component discovery is not there)');
	const explanations = read.pods.filter((one) => one.namespace === namespace && one.pod === name);
	if (explanations.length === 0) return undefined;
	const node = printable(String(Object(document).node), 253);
	const report = readObservations(await askNearAgent(agent, '/api/v1/observations', timely), node);
	const registries = [...new Set(explanations.flatMap(({ registry }) => registry ?? []))];
	return {
		namespace,
		pod: name,
		node,
		agent: { state: 'answered' },
		explanations,
		elsewhere: report ? registries.map((registry) => elsewhereOf(registry, node, [report])) : [],
		pulling: [],
		gaps: ['Other nodes were not asked: that takes a kubeconfig.'],
		now: Date.now(),
	};
}
