import { asFailure } from '../cluster/apiFailure.ts';
import { type AgentPod, agentPods, oneForEachNode } from '../cluster/remote/agentPods.ts';
import { askAgent } from '../cluster/remote/askAgent.ts';
import { askAgents } from '../cluster/remote/askAgents.ts';
import { namedNodes } from '../cluster/remote/nodes.ts';
import type { PodSight } from '../cluster/remote/podSight.ts';
import type { RemoteApi } from '../cluster/remote/remoteApi.ts';
import { spread } from '../cluster/remote/spread.ts';
import { amongNodes } from '../explain/diagnosis/amongNodes.ts';
import type { PodExplanation } from '../explain/podExplanation.ts';
import { readPods } from '../explain/readPods.ts';
import { explainByWords, quietPulls } from '../explain/explainByWords.ts';
import { type Elsewhere, elsewhereOf } from '../verdict/fleet/elsewhere.ts';
import { readObservations } from '../verdict/fleet/readObservations.ts';
import type { PodReport } from '../views/terminal/podReport.ts';
import type { ExplainPodOptions } from './explain.ts';
import type { Run } from './remoteRun.ts';

/** Other nodes that are asked whether the same registry works there. */
const mostAsked = 50;
const concurrency = 16;

/** Asks the agent of the pod's node why its images do not come, and others whether it is only there. */
export async function reportOnPod(
	api: RemoteApi,
	sight: PodSight,
	options: Pick<ExplainPodOptions, 'agentsNamespace' | 'agentTimeout'>,
	run: Run,
): Promise<PodReport> {
	const { facts, node, eventsMissing } = sight;
	const now = Date.now();
	const gaps = eventsMissing === undefined ? [] : [`Events of the pod cannot be read: ${eventsMissing}`];
	const report = {
		namespace: facts.namespace,
		pod: facts.name,
		...(node !== undefined && { node }),
		pulling: quietPulls(sight),
		now,
	};
	const words = explainByWords(sight, report.now);
	if (node === undefined) return { ...report, agent: { state: 'absent' }, explanations: words, elsewhere: [], gaps };

	const agents = await agentsOf(api, options, run);
	const own = agents.found.find((agent) => agent.node === node);
	const { agent, explanations } = await explained(api, own, sight, words, { ...options, missing: agents.missing, run });
	// Who was silent just now would only be waited for again.
	const asked = agent.state === 'answered' ? agents.found : agents.found.filter((one) => one !== own);
	const around = await askAround(api, asked, explanations, node, options, run);
	const { elsewhere } = around;
	const judged = explanations.map((one) =>
		amongNodes(
			one,
			elsewhere.find(({ registry }) => registry === one.registry),
		),
	);
	return { ...report, agent, explanations: judged, elsewhere, gaps: [...gaps, ...around.gaps] };
}

interface FoundAgents {
	readonly found: readonly AgentPod[];
	/** Why none could be looked for. */
	readonly missing?: string;
}

async function agentsOf(
	api: RemoteApi,
	{ agentsNamespace: namespace }: Pick<ExplainPodOptions, 'agentsNamespace'>,
	{ signal, tell }: Run,
): Promise<FoundAgents> {
	tell('looking for agents');
	try {
		return { found: oneForEachNode(await agentPods(api, { signal, ...(namespace !== undefined && { namespace }) })) };
	} catch (error) {
		return { found: [], missing: asFailure(error).message };
	}
}

/** What the node's own agent explains; where it does not, what the kubelet's words tell. */
async function explained(
	api: RemoteApi,
	own: AgentPod | undefined,
	{ facts }: PodSight,
	words: readonly PodExplanation[],
	{
		agentTimeout,
		missing,
		run,
	}: { readonly agentTimeout: number; readonly missing: string | undefined; readonly run: Run },
): Promise<Pick<PodReport, 'agent' | 'explanations'>> {
	if (!own) {
		const detail = missing === undefined ? {} : { detail: missing };
		return { agent: { state: 'absent', ...detail }, explanations: words };
	}
	const silent = (detail: string) => ({ agent: { state: 'silent', detail } as const, explanations: words });
	if (!own.running) return silent(`its pod is ${own.state}`);
	run.tell(`asking the agent on ${own.node}`);
	const timely = AbortSignal.any([run.signal, AbortSignal.timeout(agentTimeout * 1000)]);
	try {
		const read = readPods(await askAgent(api, own, '/api/v1/pods', timely));
		if (!read) return silent('what it answers is no explanation of pods');
		if (read.syncedAt === undefined) return silent('it does not look at pods (the component discovery is not there)');
		const explanations = read.pods.filter(({ uid }) => uid === facts.uid);
		// It looks at a pod some seconds after the kubelet has told.
		if (explanations.length === 0 && words.length > 0) return silent('it has not looked at this pod yet');
		return { agent: { state: 'answered' }, explanations };
	} catch (error) {
		const { message } = asFailure(error);
		return silent(timely.aborted ? 'no answer in time' : message);
	}
}

/** Whether the registries of the images work from this node and from others. */
async function askAround(
	api: RemoteApi,
	agents: readonly AgentPod[],
	explanations: readonly PodExplanation[],
	node: string,
	{ agentTimeout }: Pick<ExplainPodOptions, 'agentTimeout'>,
	{ signal, tell }: Run,
): Promise<{ readonly elsewhere: readonly Elsewhere[]; readonly gaps: readonly string[] }> {
	const registries = [...new Set(explanations.flatMap(({ registry }) => registry ?? []))];
	const running = agents.filter((agent) => agent.running);
	if (registries.length === 0 || running.length === 0) return { elsewhere: [], gaps: [] };
	const zones = await zonesOf(api, signal);
	const own = running.filter((agent) => agent.node === node);
	const others = running.filter((agent) => agent.node !== node && agent.ready);
	const chosen = [...own, ...spread(others, (name) => zones.get(name), mostAsked)];
	tell(`asking ${chosen.length} agents whether it is only here`);
	const asked = await askAgents(api, chosen, '/api/v1/observations', {
		concurrency,
		patience: agentTimeout * 1000,
		signal,
	});
	const reports = asked.flatMap((one) =>
		'document' in one ? (readObservations(one.document, one.agent.node, zones.get(one.agent.node)) ?? []) : [],
	);
	const silent = asked.filter((one) => !('document' in one)).length;
	return {
		elsewhere: registries.map((registry) => elsewhereOf(registry, node, reports)),
		gaps: silent === 0 ? [] : [`${silent} of ${asked.length} agents did not answer whether it is only here.`],
	};
}

/** Without the right to list nodes no zone is known. */
async function zonesOf(api: RemoteApi, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
	try {
		const nodes = await namedNodes(api, signal);
		return new Map(nodes.flatMap(({ name, zone }) => (zone === undefined ? [] : [[name, zone]])));
	} catch (error) {
		asFailure(error);
		return new Map();
	}
}
