import { join } from 'node:path';
import { startAgent } from '../../../test/demo/agent.ts';
import type { ClusterApi } from '../../../test/demo/fleet/clusterApi.ts';
import { startDns } from '../../../test/fakes/dns.ts';
import { closedPort } from '../../../test/fakes/misbehaving.ts';
import { makeNode } from '../../../test/fakes/node.ts';
import { addresses, layerHost, registries, type RegistryName, repository, type Servers, tokenHost } from './servers.ts';

/** A node with a real agent. */
export interface RealNode {
	readonly name: string;
	/** `127.0.0.1:4711`: where the agent serves. */
	readonly listen: string;
	/** From now on packets to the token service are lost. */
	readonly cutOffTokens: () => void;
	/** From now on the node does not know the company's authority. */
	readonly forgetAuthority: () => Promise<void>;
}

const bundle = 'etc/ssl/certs/ca-certificates.crt';

/** Starts a node and its agent. They end with `stack`. */
export async function startNode(
	stack: AsyncDisposableStack,
	name: string,
	servers: Servers,
	{ account, environment }: ClusterApi,
): Promise<RealNode> {
	const known = new Map<string, string>(
		[...Object.values(registries), tokenHost, layerHost].map((host) => [host, addresses.alive]),
	);
	const answers = ({ name: asked }: { name: string }) => {
		const address = known.get(asked);
		return address === undefined ? undefined : { A: [address] };
	};
	const { nameserver } = stack.use(await startDns({ answers }));
	const node = stack.use(await makeNode({ nameservers: [nameserver], bundle: servers.trust.all }));
	const listen = `127.0.0.1:${await closedPort()}`;
	await node.write('etc/registry-probe.yaml', configurationOf({ name, listen, account, root: node.root }, servers));
	const agent = stack.adopt(
		startAgent(join(node.root, 'etc/registry-probe.yaml'), node.root, {
			environment: { ...environment, NODE_NAME: name },
			logLevel: 'error',
		}),
		({ stop }) => stop(),
	);
	await agent.ready(`http://${listen}/healthz`);
	return {
		name,
		listen,
		cutOffTokens: () => void known.set(tokenHost, addresses.dead),
		forgetAuthority: () => node.write(bundle, servers.trust.some),
	};
}

interface Wish {
	readonly name: string;
	readonly listen: string;
	readonly account: string;
	readonly root: string;
}

function configurationOf({ name, listen, account, root }: Wish, { hosts, layer }: Servers): string {
	const names = Object.keys(registries) as RegistryName[];
	// YAML holds JSON.
	return JSON.stringify({
		listen,
		timeout: '2s',
		attempt_timeout: '8s',
		node: { name, root },
		proxy: 'none',
		registries: names.map((registry) => ({
			name: registry,
			image: `${hosts[registry]}/${repository}:latest`,
			// By itself it would be gentle to names that everybody shares.
			interval: '5s',
			blob: { digest: layer },
		})),
		discovery: { service_account: account, upstream: 'always' },
	});
}
