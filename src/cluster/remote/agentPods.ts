import { isRecord } from '../../registry/json.ts';
import { printable } from '../../registry/redact.ts';
import type { RemoteApi } from './remoteApi.ts';
import { listAll } from './listAll.ts';

/** A pod of an agent, as far as it is needed to ask it. */
export interface AgentPod {
	readonly namespace: string;
	readonly pod: string;
	readonly node: string;
	/** Where it listens. */
	readonly port: number;
	/** It listens with TLS. */
	readonly secure: boolean;
	/** On the node's own network, as pulls are. */
	readonly hostNetwork: boolean;
	/** Its container runs. */
	readonly running: boolean;
	readonly ready: boolean;
	/** Why it does not run: `Pending`, `ImagePullBackOff`. Empty where it does. */
	readonly state: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
}

/** What the manifests call an agent. */
const selector = 'app.kubernetes.io/name=registry-probe,app.kubernetes.io/component=agent';
const usualPort = 9917;

/** The pods of agents, in one namespace or in all. Throws `ApiFailure`. */
export async function agentPods(
	api: RemoteApi,
	{ namespace, node, signal }: { readonly namespace?: string; readonly node?: string; readonly signal: AbortSignal },
): Promise<readonly AgentPod[]> {
	const where = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
	const query = new URLSearchParams({ labelSelector: selector });
	if (node !== undefined) query.set('fieldSelector', `spec.nodeName=${node}`);
	const pods = await listAll(api, `/api/v1${where}/pods`, { query, signal });
	return pods.flatMap((pod) => readAgentPod(pod) ?? []);
}

/** One agent for each node: on the node's network before on that of pods, running, ready, the newest. By name of the node. */
export function oneForEachNode(pods: readonly AgentPod[]): readonly AgentPod[] {
	const worth = ({ hostNetwork, running, ready }: AgentPod) => 4 * +hostNetwork + 2 * +running + +ready;
	return [...Map.groupBy(pods, ({ node }) => node)]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([, own]) => own.toSorted((a, b) => worth(b) - worth(a) || b.createdAt - a.createdAt).slice(0, 1));
}

/** Reads a Pod of the API; undefined for one that is not on a node, has ended or is on its way out. */
export function readAgentPod(value: unknown): AgentPod | undefined {
	const { metadata, spec, status } = record(value);
	const { name, namespace, creationTimestamp, deletionTimestamp } = record(metadata);
	const { nodeName: node, hostNetwork } = record(spec);
	const { phase, conditions } = record(status);
	if (typeof name !== 'string' || typeof namespace !== 'string') return undefined;
	if (typeof node !== 'string' || node === '' || deletionTimestamp !== undefined) return undefined;
	if (phase === 'Succeeded' || phase === 'Failed') return undefined;
	const running = records(record(status)['containerStatuses']).some((one) => isRecord(record(one['state'])['running']));
	return {
		namespace,
		pod: name,
		node,
		port: portOf(spec),
		secure: isSecure(spec),
		hostNetwork: hostNetwork === true,
		running,
		ready: records(conditions).some((condition) => condition['type'] === 'Ready' && condition['status'] === 'True'),
		state: running ? '' : stateOf(status),
		createdAt: (typeof creationTimestamp === 'string' && Date.parse(creationTimestamp)) || 0,
	};
}

function portOf(spec: unknown): number {
	const ports = records(record(spec)['containers']).flatMap((container) => records(container['ports']));
	const port = ports.find(({ name }) => name === 'metrics')?.['containerPort'];
	return typeof port === 'number' && port > 0 && port < 65_536 ? port : usualPort;
}

/** The kubelet has to know it too, for its probes. */
function isSecure(spec: unknown): boolean {
	const probes = records(record(spec)['containers']).map(({ readinessProbe }) =>
		record(record(readinessProbe)['httpGet']),
	);
	return probes.some(({ scheme }) => scheme === 'HTTPS');
}

function stateOf(status: unknown): string {
	const waiting = records(record(status)['containerStatuses']).map((one) => record(record(one['state'])['waiting']));
	const said = waiting.map(({ reason }) => reason).find((reason) => typeof reason === 'string');
	const { phase } = record(status);
	return printable(said ?? (typeof phase === 'string' ? phase : 'unknown'), 60);
}

type Raw = Readonly<Record<string, unknown>>;

function record(value: unknown): Raw {
	return isRecord(value) ? value : {};
}

function records(value: unknown): readonly Raw[] {
	return Array.isArray(value) ? value.slice(0, 100).filter(isRecord) : [];
}
