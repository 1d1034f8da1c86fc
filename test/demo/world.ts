import { join } from 'node:path';
import type { Tls } from '../fakes/acceptor.ts';
import { createAuthority, ended } from '../fakes/authority.ts';
import { startDns } from '../fakes/dns.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { configurationText } from './configuration.ts';
import { makeFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { startGuarded } from './guarded.ts';

/** All are 127.0.0.1, each on a port of its own. */
const names = {
	registry: 'registry.demo.test',
	token: 'auth.demo.test',
	blob: 'cdn.demo.test',
	open: 'open.demo.test',
} as const;

const repository = 'demo/app';
const configurationFile = 'etc/registry-probe.yaml';

/** Registries to pull from, and a node that pulls. */
export interface World extends AsyncDisposable {
	/** The root of the node's file system. */
	readonly root: string;
	/** The agent's configuration. */
	readonly configuration: string;
	/** The image behind token service and blob host. */
	readonly image: string;
	readonly faults: readonly Fault[];
}

async function issueAll(): Promise<{ bundle: string; tls: Record<keyof typeof names | 'expired', Tls> }> {
	const ca = await createAuthority({ commonName: 'Demo Root', organization: 'Demo Trust' });
	const issue = async (name: string, validity = {}): Promise<Tls> => {
		const { chain, key } = await ca.issue({ names: [name], ...validity });
		return { cert: chain, key };
	};
	const tls = {
		registry: await issue(names.registry),
		expired: await issue(names.registry, ended()),
		token: await issue(names.token),
		blob: await issue(names.blob),
		open: await issue(names.open),
	};
	return { bundle: ca.pem, tls };
}

/** A name server that knows the world's names, and a fault that silences it. */
async function startNames(stack: AsyncDisposableStack): Promise<{ nameserver: string; fault: Fault }> {
	const known = new Set<string>(Object.values(names));
	let dead = false;
	const answers = ({ name }: { name: string }) => {
		if (dead) return { silent: true } as const;
		return known.has(name) ? { A: ['127.0.0.1'] } : undefined;
	};
	const { nameserver } = stack.use(await startDns({ answers }));
	const words = { name: 'nameserver', key: 'n', title: 'name server dead', reads: 'registry dns dns_timeout' };
	return { nameserver, fault: makeFault(words, (on) => void (dead = on)) };
}

/** Starts everything. `listen` and `interval` are for the agent's configuration. */
export async function startWorld(agent: { listen: string; interval: string }): Promise<World> {
	await using stack = new AsyncDisposableStack();
	const { bundle, tls } = await issueAll();
	const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64'], layers: [Buffer.alloc(200_000, 'demo ')] });
	const layer = image.layers[0]?.digest ?? '';
	const { nameserver, fault } = await startNames(stack);
	const guarded = await startGuarded(stack, { names, tls, repository, image });
	const images = { [repository]: { latest: image } };
	const open = stack.use(await startRegistry({ tls: tls.open, images }));
	const registries = {
		[names.registry]: `${names.registry}:${guarded.port}/${repository}:latest`,
		[names.open]: `${names.open}:${open.port}/${repository}:latest`,
	};
	const node = stack.use(await makeNode({ nameservers: [nameserver], options: 'timeout:1 attempts:1', bundle }));
	await node.write(configurationFile, configurationText({ ...agent, root: node.root, registries, layer }));
	const owned = stack.move();
	return {
		root: node.root,
		configuration: join(node.root, configurationFile),
		image: registries[names.registry],
		faults: [...guarded.faults, fault],
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
