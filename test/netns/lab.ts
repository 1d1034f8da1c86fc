import { type Authority, createAuthority } from '../fakes/authority.ts';
import { makeNode } from '../fakes/node.ts';
import { names } from '../probe/world.ts';
import { Firewall } from './firewall.ts';
import type { Host } from './host.ts';
import { makeRouter } from './host.ts';
import { Namespaces, type Namespace } from './namespace.ts';
import { NodeHost } from './nodeHost.ts';
import { ServerHost } from './serverHost.ts';

const serverNames = ['registry', 'token', 'blob', 'dns', 'proxy'] as const;

type Servers = Readonly<Record<(typeof serverNames)[number], ServerHost>>;

/** Nodes, servers and the router between them, each in a network namespace of its own. */
export interface Lab extends Servers, AsyncDisposable {
	readonly authority: Authority;
	readonly router: Namespace;
	/** The router's packet filter: what goes wrong on the way. */
	readonly way: Firewall;
	readonly node: NodeHost;
	/** Another node like the first. */
	readonly second: NodeHost;
	/** Everything works again as it did at the start. */
	readonly heal: () => Promise<void>;
}

/** Builds the lab and starts its servers. All is removed when it is disposed of, or when this process ends. */
export async function makeLab(): Promise<Lab> {
	await using stack = new AsyncDisposableStack();
	const namespaces = stack.use(new Namespaces());
	const router = await makeRouter(namespaces);
	const authority = await createAuthority();
	const plug = async <H extends Host>(host: H): Promise<H> => {
		await host.plugInto(router);
		return host;
	};
	const makeNodeHost = async (name: string, number: number) => {
		const files = stack.use(await makeNode({ bundle: authority.pem }));
		return await plug(new NodeHost(await namespaces.make(name), name, number, files));
	};
	const [node, second] = await Promise.all([makeNodeHost('node', 1), makeNodeHost('second', 2)]);
	const made = serverNames.map(async (name, at) => {
		return [name, await plug(new ServerHost(await namespaces.make(name), name, at + 3))] as const;
	});
	const servers = Object.fromEntries(await Promise.all(made)) as Servers;
	await startServers(servers, authority);
	const way = new Firewall(router);
	const heal = async () => {
		await Promise.all([
			...[way, node.firewall, second.firewall].map(async (firewall) => await firewall.heal()),
			...Object.values(servers).map(async (server) => await server.heal()),
			...[node, second].flatMap((each) => [each.useNameservers(servers.dns.v4[0]), each.useHosts({})]),
		]);
	};
	await heal();
	const owned = stack.move();
	const dispose = async () => await owned.disposeAsync();
	return { ...servers, authority, router, way, node, second, heal, [Symbol.asyncDispose]: dispose };
}

async function startServers({ registry, token, blob, dns, proxy }: Servers, authority: Authority): Promise<void> {
	const issued = await authority.issue({ names: Object.values(names) });
	const tls = { key: issued.key, cert: issued.chain };
	const known = { [names.registry]: registry, [names.token]: token, [names.blob]: blob };
	const hosts = Object.entries(known);
	const answers = Object.fromEntries(hosts.map(([name, { v4, v6 }]) => [name, { A: [v4[0]], AAAA: [v6[0]] }]));
	const [realm, blobs] = await Promise.all([
		token.start({ start: 'token', tls, name: names.token }),
		blob.start({ start: 'blob', tls, name: names.blob }),
		dns.start({ start: 'dns', addresses: [dns.v4[0], dns.v6[0]], answers }),
		proxy.start({ start: 'proxy', hosts: Object.fromEntries(hosts.map(([name, { v4 }]) => [name, v4[0]])) }),
	]);
	await registry.start({ start: 'registry', tls, realm: String(realm), blobs: blobs as ReadonlyMap<string, string> });
}
