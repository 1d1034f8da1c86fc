import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenOf } from './account.ts';
import { type Access, type ControlPlane, startControlPlane } from './controlPlane.ts';
import { build, kubectl } from './kubectl.ts';
import type { Programs } from './parts.ts';
import { askServer } from './request.ts';

/** Where pods are unless they are wished elsewhere. */
export const namespace = 'team';

/** A pod as a test wishes it. */
export interface PodWish {
	readonly image: string;
	/** Default: `node-a`. */
	readonly node?: string;
	/** The runtime has the image. Default: true. */
	readonly pulled?: boolean;
	/** Another one has to be there. */
	readonly namespace?: string;
	readonly pullSecrets?: readonly string[];
	/** Why the container waits, where the image is not pulled. Default: the kubelet backs off, and says no more. */
	readonly waiting?: { readonly reason: string; readonly message: string };
}

/** An API server of its own with what some components install, and an agent's view of it. */
export interface PodWorld extends AsyncDisposable {
	readonly plane: ControlPlane;
	/** The directory of the service account, as the agent's pod has it. */
	readonly account: string;
	/** What stands before the agent's command: the environment of its pod. */
	readonly pod: readonly string[];
	/** Puts a fresh token of the agent's own service account there. */
	readonly renewToken: () => Promise<void>;
	/** Creates what the manifests hold, or creates again what is missing. */
	readonly install: () => Promise<void>;
	readonly createPod: (name: string, wish: PodWish) => Promise<void>;
	readonly deletePod: (name: string) => Promise<void>;
}

export async function makePodWorld(
	programs: Programs,
	components: readonly string[] = ['components/discovery'],
): Promise<PodWorld> {
	const plane = await startControlPlane(programs);
	const { access } = plane;
	const account = await mkdtemp(join(tmpdir(), 'service-account-'));
	const installed = await build(access, 'base', components);
	const install = async () => void (await kubectl(access, ['apply', '--filename', '-'], installed));
	const renewToken = async () =>
		await writeFile(join(account, 'token'), await tokenOf(access, 'registry-probe', 'registry-probe'));
	await install();
	await kubectl(access, ['create', 'namespace', namespace]);
	await kubectl(access, ['create', 'serviceaccount', 'default', '--namespace', namespace]);
	await post(access, '/api/v1/nodes', nodeA);
	await renewToken();
	await copyFile(access.ca, join(account, 'ca.crt'));
	const { hostname, port } = new URL(access.server);
	const address = [`KUBERNETES_SERVICE_HOST=${hostname}`, `KUBERNETES_SERVICE_PORT=${port}`];
	return {
		plane,
		account,
		pod: ['env', ...address, 'NODE_NAME=node-a'],
		renewToken,
		install,
		createPod: (name, wish) => createPod(access, name, wish),
		async deletePod(name) {
			const path = `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`;
			const { status, body } = await askServer(access, path, { method: 'DELETE' });
			if (status !== 200) throw new Error(`DELETE ${path}: ${status} ${body}`);
		},
		async [Symbol.asyncDispose]() {
			await plane[Symbol.asyncDispose]();
			await rm(account, { recursive: true, force: true });
		},
	};
}

const nodeA = {
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {
		name: 'node-a',
		labels: {
			'topology.kubernetes.io/zone': 'zone-1',
			'topology.kubernetes.io/region': 'region-1',
			'node.kubernetes.io/instance-type': 'large',
		},
	},
};

async function createPod(
	access: Access,
	name: string,
	{ image, node = 'node-a', pulled = true, namespace: place = namespace, pullSecrets = [], ...wish }: PodWish,
): Promise<void> {
	const path = `/api/v1/namespaces/${place}/pods`;
	const created = await post(access, path, {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: { name },
		spec: {
			nodeName: node,
			containers: [{ name: 'app', image }],
			imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })),
		},
	});
	const waiting = wish.waiting ?? { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` };
	const state = pulled ? { running: { startedAt: new Date().toISOString() } } : { waiting };
	const container = { name: 'app', image, imageID: pulled ? image : '', state, ready: pulled, restartCount: 0 };
	const status = { phase: pulled ? 'Running' : 'Pending', containerStatuses: [container] };
	const body = { ...created, status };
	const answer = await askServer(access, `${path}/${name}/status`, { method: 'PUT', body });
	if (answer.status !== 200) throw new Error(`PUT ${path}/${name}/status: ${answer.status} ${answer.body}`);
}

async function post(access: Access, path: string, body: object): Promise<object> {
	const answer = await askServer(access, path, { method: 'POST', body });
	if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.body}`);
	return JSON.parse(answer.body) as object;
}
