import { asFailure } from '../cluster/apiFailure.ts';
import { type AgentPod, agentPods, oneForEachNode } from '../cluster/remote/agentPods.ts';
import { TunnelRefused } from '../cluster/remote/askAgent.ts';
import { type Asked, askAgents } from '../cluster/remote/askAgents.ts';
import { type NamedNode, namedNodes } from '../cluster/remote/nodes.ts';
import type { RemoteApi } from '../cluster/remote/remoteApi.ts';
import type { Fleet, Silence, SilentAgent } from '../verdict/fleet/fleet.ts';
import { fleetVerdicts } from '../verdict/fleet/fleetVerdicts.ts';
import type { NodeReport } from '../verdict/fleet/nodeReport.ts';
import { readObservations } from '../verdict/fleet/readObservations.ts';
import type { ClusterOptions } from './cluster.ts';
import type { Run } from './remoteRun.ts';

/** Asks every agent of the cluster what it observes. Throws `ApiFailure` where the agents cannot even be listed. */
export async function fleetOfAgents(
	api: RemoteApi,
	options: Pick<ClusterOptions, 'agentsNamespace' | 'agentTimeout' | 'concurrency'>,
	{ signal, tell }: Run,
): Promise<Fleet> {
	const { agentsNamespace: namespace, agentTimeout, concurrency } = options;
	const askedAt = Date.now();
	const [pods, { nodes, gaps }] = await Promise.all([
		agentPods(api, { signal, ...(namespace !== undefined && { namespace }) }),
		nodesOf(api, signal),
	]);
	const agents = oneForEachNode(pods);
	const running = agents.filter((agent) => agent.running);
	let done = 0;
	const told = () => tell(`asking agents: ${done} of ${running.length}`);
	told();
	const asked = await askAgents(api, running, '/api/v1/observations', {
		concurrency,
		patience: agentTimeout * 1000,
		signal,
		onAsked() {
			done += 1;
			told();
		},
	});
	const zones = new Map(nodes.map(({ name, zone }) => [name, zone]));
	const answers = asked.map((one) => answerOf(one, zones.get(one.agent.node)));
	const reports = answers.flatMap(({ report }) => report ?? []);
	const resting = agents
		.filter((agent) => !agent.running)
		.map((agent) => silentOf(agent, 'not_running', `pod is ${agent.state}`));
	const watched = new Set(agents.map(({ node }) => node));
	return {
		askedAt,
		source: 'agents',
		reports,
		verdicts: fleetVerdicts(reports),
		silent: [...answers.flatMap(({ silent }) => silent ?? []), ...resting].toSorted(byNode),
		unwatched: nodes.filter(({ name, forAgents }) => forAgents && !watched.has(name)).map(({ name }) => name),
		gaps,
	};
}

/** Who may not list nodes does without zones. */
async function nodesOf(
	api: RemoteApi,
	signal: AbortSignal,
): Promise<{ readonly nodes: readonly NamedNode[]; readonly gaps: readonly string[] }> {
	try {
		return { nodes: (await namedNodes(api, signal)).toSorted((a, b) => (a.name < b.name ? -1 : 1)), gaps: [] };
	} catch (error) {
		const { message } = asFailure(error);
		return {
			nodes: [],
			gaps: [`Nodes cannot be listed, so that neither zones nor nodes without an agent are known: ${message}`],
		};
	}
}

interface Answer {
	readonly report?: NodeReport;
	readonly silent?: SilentAgent;
}

function answerOf(asked: Asked, zone: string | undefined): Answer {
	const { agent } = asked;
	if ('document' in asked) {
		const report = readObservations(asked.document, agent.node, zone);
		return report ? { report } : { silent: silentOf(agent, 'not_understood', 'what it answers is no observations') };
	}
	const { failure, late } = asked;
	if (late) return { silent: silentOf(agent, agent.ready ? 'timeout' : 'not_ready', 'no answer in time') };
	return { silent: silentOf(agent, silenceOf(failure, agent), failure.message) };
}

function silenceOf(failure: Error & { readonly status?: number | undefined }, { ready }: AgentPod): Silence {
	if (failure instanceof TunnelRefused)
		return failure.refusedWith === 403 ? 'forbidden' : ready ? 'unreachable' : 'not_ready';
	if (failure.status === 401 || failure.status === 403) return 'refused';
	return ready ? 'unreachable' : 'not_ready';
}

function silentOf({ node, namespace, pod, ready, running }: AgentPod, why: Silence, said: string): SilentAgent {
	const detail = running && !ready ? `pod is not ready; ${said}` : said;
	return { node, namespace, pod, why, detail };
}

function byNode(a: SilentAgent, b: SilentAgent): number {
	return a.node < b.node ? -1 : 1;
}
