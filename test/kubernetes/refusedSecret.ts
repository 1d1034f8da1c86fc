import { join } from 'node:path';
import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { manifests } from '../manifests/files.ts';
import { makeFleet } from './fleet.ts';
import { observationsOf } from './fleetDocuments.ts';
import { kubectl } from './kubectl.ts';
import { failPull } from './kubelet.ts';
import type { Programs } from './parts.ts';
import { makePodWorld, namespace, type PodWorld } from './podWorld.ts';

/** A pod whose secret its registry refuses, the real agent of its node, and simulated agents of others that work. */
export interface RefusedSecret extends AsyncDisposable {
	readonly world: PodWorld;
	/** The pod. */
	readonly pod: string;
	/** The registry, and an image in it. */
	readonly host: string;
	readonly image: string;
	/** That stand in no output. */
	readonly passwords: readonly string[];
}

const passwords = { good: 'planted-good-77c1', expired: 'planted-expired-04be' };
const name = 'guarded.example';
const pod = 'cart-7d9f';

/** `others`: nodes beside that of the pod. */
export async function makeRefusedSecret(programs: Programs, others: number): Promise<RefusedSecret> {
	const stack = new AsyncDisposableStack();
	const authority = await createAuthority();
	const { key, chain: cert } = await authority.issue({ names: [name] });
	const images = { 'team/app': { 1: makeImage() }, 'library/busybox': { latest: makeImage() } };
	const auth = { basic: { user: 'me', password: passwords.good } };
	const registry = await startRegistry({ tls: { key, cert }, images, auth });
	stack.defer(() => registry.close());
	const host = `${name}:${registry.port}`;
	const image = `${host}/team/app:1`;
	const node = stack.use(await makeNode({ hosts: { [name]: '127.0.0.1' }, bundle: authority.pem }));
	const world = stack.use(await makePodWorld(programs, ['components/discovery', 'components/explain']));
	await installSecret(world, host);
	const agent = stack.use(new AgentProcess(configurationOf(world, node.root), [], world.pod));
	const fleet = stack.use(await makeFleet(world.plane.access, programs.fleet));
	const well = Array.from({ length: others }, (_, at) => `node-${String.fromCharCode(98 + at)}`);
	await fleet.add([
		{ name: 'node-a', agent: await addressOf(agent) },
		...well.map((each) => ({
			name: each,
			zone: 'zone-2',
			agent: { '/api/v1/observations': observationsOf(each, [{ registry: host }]) },
		})),
	]);
	const text = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 401 Unauthorized`;
	await failPull(world, pod, { image, text, pullSecrets: ['regcred'] });
	return {
		world,
		pod: `${namespace}/${pod}`,
		host,
		image,
		passwords: Object.values(passwords),
		[Symbol.asyncDispose]: () => stack.disposeAsync(),
	};
}

async function installSecret({ plane: { access } }: PodWorld, host: string): Promise<void> {
	await kubectl(access, ['apply', '--namespace', namespace, '--kustomize', join(manifests, 'pull-secrets')]);
	const login = [`--docker-server=${host}`, '--docker-username=me', `--docker-password=${passwords.expired}`];
	await kubectl(access, ['create', 'secret', 'docker-registry', 'regcred', '--namespace', namespace, ...login]);
}

const configurationOf = ({ account }: PodWorld, root: string) => `
listen: 127.0.0.1:0
interval: 2s
timeout: 1s
node: { name: node-a, root: ${root} }
registries: []
discovery: { service_account: ${account} }
pull_secrets: { namespaces: [${namespace}] }
`;

async function addressOf(agent: AgentProcess): Promise<`127.0.0.1:${number}`> {
	const listens = () => agent.lines('agent listens')[0];
	await until(
		() => Promise.resolve(listens() !== undefined),
		() => agent.errors,
	);
	const [, port = ''] = /:(\d+)$/.exec(String(listens()?.['address'])) ?? [];
	return `127.0.0.1:${Number(port)}`;
}
