import { type Namespace, type Namespaces, run } from '../../netns/namespace.ts';
import { addressesOf, bridge, hardware, hub, kubernetesService, servers } from './addresses.ts';

/** Makes the bridge in the network of this process, with the addresses of all servers. */
export async function makeHub(): Promise<void> {
	const addresses = [hub, ...Object.values(servers)].map((address) => `address add ${address}/24 dev ${bridge}`);
	// A hardware address of its own: a bridge takes the lowest of its links, and would change it when a node is added.
	await ip(`link add ${bridge} address ${hardware} type bridge`, ...addresses, `link set ${bridge} up`);
}

/** A node's network on the bridge. `api`: the address and port of the API server. */
export async function plugIn(
	namespaces: Namespaces,
	name: string,
	number: number,
	api: { readonly address: string; readonly port: number },
): Promise<Namespace> {
	const namespace = await namespaces.make(name);
	const addresses = addressesOf(number);
	await ip(
		`link add to-${name} type veth peer name eth0 netns ${namespace.name}`,
		`link set to-${name} master ${bridge} up`,
	);
	await namespace.ip(`address add ${addresses.own}/24 dev eth0`, 'link set eth0 up', `route add default via ${hub}`);
	await ip(`route add ${addresses.pods} via ${addresses.own}`);
	await namespace.sysctl('net.ipv4.ip_forward=1');
	await namespace.run('nft', ['-f', '-'], serviceRules(api));
	return namespace;
}

/** What kube-proxy would do on a node: leads those who ask for the service of the API server to it, pods and programs. */
function serviceRules({ address, port }: { readonly address: string; readonly port: number }): string {
	const rule = `ip daddr ${kubernetesService} tcp dport 443 dnat to ${address}:${port}`;
	const chain = (hook: string) => `chain ${hook} { type nat hook ${hook} priority -100; ${rule}; }`;
	return `table ip services {\n${chain('output')}\n${chain('prerouting')}\n}\n`;
}

async function ip(...lines: readonly string[]): Promise<void> {
	await run('ip', ['-batch', '-'], lines.join('\n'));
}
