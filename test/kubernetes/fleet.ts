import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { Directory } from '../real/directory.ts';
import { leftovers } from '../real/leftovers.ts';
import type { Access } from './controlPlane.ts';
import { create } from './create.ts';

/** One node of a simulated fleet, and what its agent answers. */
export interface FleetNode {
	readonly name: string;
	readonly zone?: string;
	/**
	 * Answers by path; or the address of an agent that runs; `silent`: takes the request and says nothing; `closed`: nobody
	 * listens; `none`: no agent runs there.
	 */
	readonly agent: Readonly<Record<string, unknown>> | `127.0.0.1:${number}` | 'silent' | 'closed' | 'none';
	/** It listens with TLS, as the component authentication has it. */
	readonly tls?: { readonly key: string; readonly cert: string };
	/** Default: true. */
	readonly ready?: boolean;
	/** Why the container waits; it runs where that is absent. */
	readonly waiting?: string;
}

/** Nodes whose agents are simulated, and whose port-forwards are the kubelet's own code. */
export interface Fleet extends AsyncDisposable {
	/** Creates nodes with their agents' pods; of a node that is there already it is the agent alone. */
	add(nodes: readonly FleetNode[]): Promise<void>;
	/** Each request that an agent got: its node, path and Authorization header. */
	readonly asked: { readonly node: string; readonly path: string; readonly authorization: string | undefined }[];
}

const namespace = 'registry-probe';
const labels = { 'app.kubernetes.io/name': 'registry-probe', 'app.kubernetes.io/component': 'agent' };

/** Lets nodes be added to an API server. `endpoint`: the program that takes port-forwards for their kubelets. */
export async function makeFleet(access: Access, endpoint: string): Promise<Fleet> {
	const directory = new Directory();
	const targets = directory.write('targets.json', '{}');
	const kubelets = await startKubelets(endpoint, targets);
	const addresses: Record<string, string> = {};
	const servers: Closable[] = [];
	const asked: Fleet['asked'] = [];
	await create(access, '/api/v1/namespaces', { kind: 'Namespace', metadata: { name: namespace } });
	await create(access, `/api/v1/namespaces/${namespace}/serviceaccounts`, account);

	const addressOf = async (node: FleetNode) => {
		const { agent } = node;
		if (agent === 'closed') return '127.0.0.1:1';
		if (typeof agent === 'string' && agent !== 'silent') return agent;
		const server = typeof agent === 'string' ? createTcpServer(() => {}) : agentServer(node, agent, asked);
		servers.push(server);
		return `127.0.0.1:${await portOf(server)}`;
	};
	const addOne = async (node: FleetNode) => {
		await createNode(access, node, kubelets.port);
		if (node.agent === 'none') return;
		await createAgentPod(access, node);
		addresses[`${namespace}/agent-${node.name}`] = await addressOf(node);
	};
	return {
		asked,
		async add(nodes) {
			for (let at = 0; at < nodes.length; at += 20) await Promise.all(nodes.slice(at, at + 20).map(addOne));
			writeFileSync(targets, JSON.stringify(addresses));
		},
		[Symbol.asyncDispose]() {
			kubelets.child.kill('SIGKILL');
			for (const server of servers) {
				server.closeAllConnections?.();
				server.close();
			}
			directory[Symbol.dispose]();
			return Promise.resolve();
		},
	};
}

type Closable = TcpServer & { closeAllConnections?(): void };

const account = { kind: 'ServiceAccount', metadata: { name: 'default' } };

async function startKubelets(
	endpoint: string,
	targets: string,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
	const child = spawn(endpoint, ['-targets', targets], { stdio: ['ignore', 'pipe', 'ignore'] });
	const { pid } = child;
	if (pid !== undefined) {
		leftovers.addProcess(pid);
		child.once('exit', () => leftovers.forgetProcess(pid));
	}
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return { child, port: Number(line.toString()) };
}

function agentServer(
	{ name: node, tls }: FleetNode,
	answers: Readonly<Record<string, unknown>>,
	asked: Fleet['asked'],
): Server {
	const answer: RequestListener = ({ url = '', headers: { authorization } }, response) => {
		asked.push({ node, path: url, authorization });
		const document = answers[url];
		const status = document === undefined ? 404 : 200;
		response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(document ?? {})}\n`);
	};
	return tls ? createSecureServer(tls, answer) : createServer(answer);
}

async function portOf(server: TcpServer): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const bound = server.address();
	return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

async function createNode(access: Access, { name, zone }: FleetNode, port: number): Promise<void> {
	const zoned = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone };
	const node = { kind: 'Node', metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...zoned } } };
	await create(access, '/api/v1/nodes', node, {
		addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
		daemonEndpoints: { kubeletEndpoint: { Port: port } },
	});
}

async function createAgentPod(access: Access, { name, ready = true, waiting, tls }: FleetNode): Promise<void> {
	const ports = [{ name: 'metrics', containerPort: 9917 }];
	const readinessProbe = { httpGet: { path: '/readyz', port: 'metrics', scheme: tls ? 'HTTPS' : 'HTTP' } };
	const container = { name: 'agent', image: 'registry-probe', ports, readinessProbe };
	const pod = {
		kind: 'Pod',
		metadata: { name: `agent-${name}`, labels },
		spec: { nodeName: name, hostNetwork: true, containers: [container] },
	};
	const state =
		waiting === undefined ? { running: { startedAt: new Date().toISOString() } } : { waiting: { reason: waiting } };
	await create(access, `/api/v1/namespaces/${namespace}/pods`, pod, {
		phase: waiting === undefined ? 'Running' : 'Pending',
		conditions: [{ type: 'Ready', status: ready && waiting === undefined ? 'True' : 'False' }],
		containerStatuses: [{ name: 'agent', image: 'registry-probe', imageID: 'x', restartCount: 0, ready, state }],
	});
}
