import { join } from 'node:path';
import { kubectl } from '../../kubernetes/kubectl.ts';
import { manifests } from '../../manifests/files.ts';
import type { Pod, Waiting } from './api.ts';
import type { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import { team } from './names.ts';
import type { ClusterNode } from './node.ts';

/**
 * Seconds that a pull may take to succeed or fail: a SYN without an answer is given up after 30, and containerd 2.4 tries
 * up to five times, by chance.
 */
const patience = 200;

/** Makes the namespace, and lets the agents read the pull secrets in it. */
export async function makeTeam({ api, access }: Cluster): Promise<void> {
	await api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: team } });
	await kubectl(access, ['apply', ...pullSecrets]);
}

const pullSecrets = ['--namespace', team, '--kustomize', join(manifests, 'pull-secrets')];

/** Takes that right away again. */
export async function closeSecrets({ access }: Cluster): Promise<void> {
	await kubectl(access, ['delete', ...pullSecrets]);
}

/** A pod that does nothing, with the image of our choice, on a node of our choice. */
export interface TeamPod {
	readonly name: string;
	readonly node: ClusterNode;
	readonly image: string;
	/** Name of its pull secret. */
	readonly secret?: string;
}

/** Creates a pod whose image is looked for at its registry whether the node has it or not. */
export async function createPod({ api }: Cluster, { name, node, image, secret }: TeamPod): Promise<void> {
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: { name, labels: { app: name } },
		spec: {
			nodeName: node.name,
			hostNetwork: true,
			terminationGracePeriodSeconds: 0,
			automountServiceAccountToken: false,
			...(secret !== undefined && { imagePullSecrets: [{ name: secret }] }),
			containers: [{ name: 'app', image, imagePullPolicy: 'Always' }],
		},
	};
	const create = async () => {
		await api.create(`/api/v1/namespaces/${team}/pods`, pod);
		return true;
	};
	// Until the namespace has its service account.
	await eventually(`pod ${name}`, create, 30);
}

/** Creates a Secret with a login for a registry. */
export async function createSecret(
	{ api }: Cluster,
	name: string,
	registry: string,
	{ user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
	const config = { auths: { [registry]: { username: user, password } } };
	await api.create(`/api/v1/namespaces/${team}/secrets`, {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: { name },
		type: 'kubernetes.io/dockerconfigjson',
		stringData: { '.dockerconfigjson': JSON.stringify(config) },
	});
}

async function find({ api }: Cluster, name: string): Promise<Pod | undefined> {
	return (await api.pods(team)).find(({ metadata }) => metadata.name === name);
}

/** Waits until the pod runs. */
export async function runs(cluster: Cluster, name: string): Promise<void> {
	const state = async () => (await find(cluster, name))?.status.containerStatuses?.[0]?.state;
	await eventually(
		`${name} runs`,
		async () => (await state())?.running,
		patience,
		async () => {
			return JSON.stringify(await find(cluster, name));
		},
	);
}

/** Waits until the kubelet says why the pod's image does not come, and gives its words. */
export async function complaint(cluster: Cluster, name: string): Promise<Waiting> {
	const look = async () => {
		const waiting = (await find(cluster, name))?.status.containerStatuses?.[0]?.state.waiting;
		return waiting?.message !== undefined && /^(?:ErrImagePull|ImagePullBackOff)$/.test(waiting.reason) && waiting;
	};
	return await eventually(`a complaint about ${name}`, look, patience, async () => {
		return JSON.stringify(await find(cluster, name));
	});
}

/** Ends all pods of the team. */
export async function removePods(cluster: Cluster): Promise<void> {
	const { api } = cluster;
	for (const { metadata } of await api.pods(team)) await api.removePod(team, metadata.name, 0);
	await eventually('the pods of the team end', async () => (await api.pods(team)).length === 0, 60);
}
