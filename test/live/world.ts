import { isIP } from 'node:net';
import { startBlackhole } from '../fakes/blackhole.ts';
import { startBlobHost } from '../fakes/blob.ts';
import { type DnsAnswer, startDns } from '../fakes/dns.ts';
import type { Content } from '../fakes/image.ts';
import { startMisbehaving } from '../fakes/misbehaving.ts';
import { startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';
import type { RegistryAuth } from '../fakes/registryAuth.ts';
import { startTokenService } from '../fakes/token.ts';
import { image } from './image.ts';
import { Journal } from './journal.ts';
import { type Host, login, type Setup, type Wish } from './setup.ts';
import { tlsOf, type Trust } from './trust.ts';

/** Where the nameserver of every world is. */
export const nameserver = '198.51.100.53';

/** The servers of a set-up. */
export interface World extends AsyncDisposable {
	readonly journal: Journal;
}

/** What the servers of a world share. */
interface Shared {
	readonly trust: Trust;
	readonly journal: Journal;
	readonly tokens: Set<string>;
	readonly addresses: Readonly<Record<string, string>>;
}

/** Where the blob hosts keep a blob, whichever of them is asked. */
const blobUrl = (name: string) => {
	return ({ digest }: Content) => `https://${name}/docker/registry/v2/blobs/${digest.replace(':', '/')}/data`;
};

/** Starts the servers, each at an address of its own; they end with the world. */
export async function startWorld(setup: Setup, trust: Trust): Promise<World> {
	await using stack = new AsyncDisposableStack();
	const hosts = Object.entries(setup.hosts ?? { 'registry.test': {} });
	const addresses = Object.fromEntries(hosts.map(([name, host], at) => [name, addressOf(name, host, at)]));
	const shared: Shared = { trust, journal: new Journal(), tokens: new Set(), addresses };
	for (const [name, host] of hosts) {
		if (host !== 'refused') stack.use(await startHost(name, host, shared));
	}
	const answers: Record<string, DnsAnswer> = {
		...Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, { A: [address] }])),
		...setup.names,
	};
	stack.use(await startDns({ address: nameserver, port: 53, answers }));
	const owned = stack.move();
	return { journal: shared.journal, [Symbol.asyncDispose]: async () => await owned.disposeAsync() };
}

function addressOf(name: string, host: Host, at: number): string {
	const wished = typeof host === 'string' ? undefined : host.address;
	if (wished !== undefined) return wished;
	return isIP(name) === 0 ? `198.51.100.${at + 60}` : name;
}

async function startHost(name: string, host: Wish | 'dropped', shared: Shared): Promise<AsyncDisposable> {
	const { trust, journal, tokens, addresses } = shared;
	const address = addresses[name] ?? '127.0.0.1';
	if (host === 'dropped') return await startBlackhole({ address, port: 443 });
	const tls = await tlsOf(name, host, trust);
	const place = { address, port: host.port ?? (host.plain ? 80 : 443), ...(tls && { tls }) };
	if (host.connection) return await startMisbehaving(host.connection, { address, port: place.port });
	const common = { ...place, respond: journal.record(host.respond) };
	if (host.serves === 'blobs') return await startBlobHost({ ...common, blobs: image.blobs });
	if (host.serves === 'token') {
		const accept = ({ login: shown }: { login?: object }) => !shown || JSON.stringify(shown) === JSON.stringify(login);
		return await startTokenService({ ...common, tokens, accept });
	}
	if (host.serves === 'proxy') {
		return await startProxy({ ...common, hosts: addresses, ...(host.auth === 'basic' && { login }) });
	}
	return await startRegistry({
		...common,
		images: { 'team/app': { 1: image } },
		auth: registryAuth(host.auth, tokens),
		...(host.root !== undefined && { root: host.root }),
		...(host.blobsAt !== undefined && { blobUrl: blobUrl(host.blobsAt) }),
	});
}

function registryAuth(auth: Wish['auth'], tokens: ReadonlySet<string>): RegistryAuth {
	if (auth === undefined) return 'open';
	if (auth === 'basic') return { basic: login };
	return { bearer: { realm: `https://${auth.token}/token`, service: 'registry of the tests', tokens } };
}
