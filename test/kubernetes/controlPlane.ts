import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Directory } from '../real/directory.ts';
import { endDaemon, isAlive, startDaemon } from './daemon.ts';
import { freePorts } from './freePorts.ts';
import type { Programs } from './parts.ts';
import { askServer } from './request.ts';

/** How a control plane is reached: plain data, so that it can be handed to another process. */
export interface Access {
	/** `https://127.0.0.1:40123`. */
	readonly server: string;
	/** The path of the PEM file with what its certificate is verified by. */
	readonly ca: string;
	/** The path of a kubeconfig of a user who may do everything. */
	readonly kubeconfig: string;
	/** That user's token. */
	readonly token: string;
	/** The path of the program. */
	readonly kubectl: string;
}

/** An API server with a store of its own, and without any controller. */
export interface ControlPlane extends AsyncDisposable {
	readonly access: Access;
	/** Ends the API server. */
	stop(): Promise<void>;
	/** Starts it again, on the same port and store, and waits until it is ready. */
	start(): Promise<void>;
}

/** Users by their tokens (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file). */
const users = `admin-token,admin,admin,"system:masters"
node-a-token,system:node:node-a,node-a,"system:nodes"
node-b-token,system:node:node-b,node-b,"system:nodes"
`;

/** Seconds that it may take until it is ready: 4 on an idle machine. */
const patience = 120;

/**
 * Starts etcd and an API server on an address of this machine, with RBAC, the node authorizer and the admission plugins of
 * every cluster; `flags` are added to the API server's. Throws with what it wrote when it does not come up.
 */
export async function startControlPlane(
	programs: Pick<Programs, 'apiServer' | 'etcd' | 'kubectl'>,
	flags: readonly string[] = [],
	address = '127.0.0.1',
): Promise<ControlPlane> {
	const directory = new Directory();
	const [port, clients, peers] = await freePorts();
	const store = `http://127.0.0.1:${clients}`;
	const etcd = startDaemon(
		programs.etcd,
		etcdFlags(directory, store, `http://127.0.0.1:${peers}`),
		directory.at('etcd.log'),
	);
	writeIdentities(directory);
	const access: Access = {
		server: `https://${address}:${port}`,
		ca: directory.at('pki/apiserver.crt'),
		kubeconfig: directory.at('kubeconfig'),
		token: 'admin-token',
		kubectl: programs.kubectl,
	};
	directory.write('kubeconfig', JSON.stringify(kubeconfigOf(access)));
	const log = directory.at('apiserver.log');
	let server: ChildProcess | undefined;
	const plane: ControlPlane = {
		access,
		async start() {
			server = startDaemon(programs.apiServer, [...serverFlags(directory, { address, port, store }), ...flags], log);
			await ready(access, server, log);
		},
		stop: async () => await endDaemon(server),
		async [Symbol.asyncDispose]() {
			await endDaemon(server);
			await endDaemon(etcd);
			directory[Symbol.dispose]();
		},
	};
	try {
		await plane.start();
		return plane;
	} catch (error) {
		await plane[Symbol.asyncDispose]();
		throw error;
	}
}

function writeIdentities(directory: Directory): void {
	directory.write('tokens.csv', users);
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	directory.write('service-accounts.pem', privateKey.export({ type: 'sec1', format: 'pem' }));
}

function etcdFlags(directory: Directory, clients: string, peers: string): string[] {
	return [
		`--data-dir=${directory.at('etcd')}`,
		'--unsafe-no-fsync',
		`--listen-client-urls=${clients}`,
		`--advertise-client-urls=${clients}`,
		`--listen-peer-urls=${peers}`,
		`--initial-advertise-peer-urls=${peers}`,
		`--initial-cluster=default=${peers}`,
	];
}

interface Place {
	readonly address: string;
	readonly port: number;
	/** The URL of etcd. */
	readonly store: string;
}

function serverFlags(directory: Directory, { address, port, store }: Place): string[] {
	const key = directory.at('service-accounts.pem');
	return [
		`--etcd-servers=${store}`,
		`--bind-address=${address}`,
		`--advertise-address=${address}`,
		`--secure-port=${port}`,
		`--cert-dir=${directory.at('pki')}`,
		`--token-auth-file=${directory.at('tokens.csv')}`,
		'--authorization-mode=Node,RBAC',
		'--enable-admission-plugins=NodeRestriction',
		'--service-account-issuer=https://kubernetes.default.svc',
		`--service-account-key-file=${key}`,
		`--service-account-signing-key-file=${key}`,
		'--service-cluster-ip-range=10.0.0.0/24',
		'--endpoint-reconciler-type=none',
		'--allow-privileged=true',
	];
}

function kubeconfigOf({ server, ca, token }: Access): object {
	return {
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'own', cluster: { server, 'certificate-authority': ca } }],
		users: [{ name: 'admin', user: { token } }],
		contexts: [{ name: 'own', context: { cluster: 'own', user: 'admin' } }],
		'current-context': 'own',
	};
}

async function ready(access: Access, server: ChildProcess, log: string): Promise<void> {
	for (const end = performance.now() + patience * 1000; ; await sleep(100)) {
		const { status } = existsSync(access.ca) ? await askServer(access, '/readyz').catch(() => never) : never;
		if (status === 200) return;
		if (isAlive(server) && performance.now() < end) continue;
		throw new Error(`the API server did not start:\n${readFileSync(log, 'utf8').slice(-4000)}`);
	}
}

const never = { status: 0 };
