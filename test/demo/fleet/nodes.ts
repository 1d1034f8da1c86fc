import { join } from 'node:path';
import { startDns } from '../../fakes/dns.ts';
import { closedPort } from '../../fakes/misbehaving.ts';
import { makeNode } from '../../fakes/node.ts';
import { addresses, names, repository, type Servers } from './servers.ts';

/** A node of the fleet, and how its agent is started. */
export interface FleetNode {
	readonly name: string;
	readonly root: string;
	readonly configuration: string;
	/** `127.0.0.1:4711`: where the agent serves. */
	readonly listen: string;
	/** Leads the registries' names to where they answer, whatever is the matter with the node, or back. */
	readonly mend: (mended: boolean) => void;
}

/** What is the matter with a node. */
export interface Trouble {
	readonly name: string;
	/** The address that the hub's name leads to, and that of the open registry. */
	readonly hub: string;
	readonly open: string;
	/** Its runtime asks a mirror of the open registry first, and that one is dead. */
	readonly deadMirror: boolean;
	/** Its second nameserver is silent. */
	readonly silentNameserver: boolean;
}

const { alive, limited, dead } = addresses;

/** One is well, one reaches nothing, one has used up its quota, and has a dead mirror and a silent nameserver. */
export const troubles: readonly Trouble[] = [
	{ name: 'worker-1', hub: alive, open: alive, deadMirror: false, silentNameserver: false },
	{ name: 'worker-2', hub: dead, open: dead, deadMirror: false, silentNameserver: false },
	{ name: 'worker-3', hub: limited, open: alive, deadMirror: true, silentNameserver: true },
];

const certificates = '/etc/containerd/certs.d';

/** The files of a node whose containerd asks the mirror before the open registry. */
function mirrorFiles({ hosts }: Servers): Record<string, string> {
	return {
		'/usr/bin/containerd': '',
		'/var/lib/dpkg/status': 'Package: containerd.io\nStatus: install ok installed\nVersion: 2.2.1-1\n',
		'/usr/lib/systemd/system/containerd.service': '[Service]\nExecStart=/usr/bin/containerd\n',
		'/etc/containerd/config.toml': `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n  config_path = "${certificates}"\n`,
		[`${certificates}/${hosts.open}/hosts.toml`]: `server = "https://${hosts.open}"\n[host."https://${hosts.mirror}"]\n`,
	};
}

export interface NodeOptions {
	/** `5s` */
	readonly interval: string;
	/** The directory of the service account. */
	readonly account: string;
}

/** Makes a node and its agent's configuration. Ends with `stack`. */
export async function makeFleetNode(
	stack: AsyncDisposableStack,
	servers: Servers,
	trouble: Trouble,
	{ interval, account }: NodeOptions,
): Promise<FleetNode> {
	const { name, hub, open, deadMirror, silentNameserver } = trouble;
	const known: Record<string, string> = { [names.token]: alive, [names.blob]: alive, [names.mirror]: dead };
	const mend = (mended: boolean) => {
		known[names.hub] = mended ? alive : hub;
		known[names.open] = mended ? alive : open;
	};
	mend(false);
	const answers = ({ name: asked }: { name: string }) =>
		known[asked] === undefined ? undefined : { A: [known[asked]] };
	const { nameserver } = stack.use(await startDns({ answers }));
	const second = silentNameserver ? [stack.use(await startDns({ answers: () => ({ silent: true }) })).nameserver] : [];
	const node = stack.use(
		await makeNode({
			nameservers: [nameserver, ...second],
			options: 'timeout:1 attempts:1',
			bundle: servers.bundle,
			files: deadMirror ? mirrorFiles(servers) : {},
		}),
	);
	const listen = `127.0.0.1:${await closedPort()}`;
	const text = configurationOf({ name, listen, interval, account, root: node.root }, servers);
	await node.write('etc/registry-probe.yaml', text);
	return { name, root: node.root, configuration: join(node.root, 'etc/registry-probe.yaml'), listen, mend };
}

interface Written extends NodeOptions {
	readonly name: string;
	readonly listen: string;
	readonly root: string;
}

function configurationOf({ name, listen, interval, account, root }: Written, { hosts, layer }: Servers): string {
	const registry = (registryName: string, host: string) => ({
		name: registryName,
		image: `${host}/${repository}:latest`,
		blob: { digest: layer },
	});
	// YAML holds JSON.
	return JSON.stringify({
		listen,
		interval,
		timeout: '2s',
		attempt_timeout: '8s',
		node: { name, root },
		proxy: 'none',
		registries: [registry(names.hub, hosts.hub), registry(names.open, hosts.open)],
		discovery: { service_account: account, upstream: 'always' },
	});
}
