import { Secret } from '../../src/registry/secret.ts';
import { makeImage } from '../fakes/image.ts';
import { startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';
import { names, targetAt, type World } from '../probe/world.ts';
import { hubHost, hubTarget } from './hubTarget.ts';
import { makeRedirectedWorld, type RedirectWishes } from './redirected.ts';
import { inWorld, type Part, type Setting } from './setting.ts';

/** A login that a registry with Basic takes. */
export const login = { user: 'kubelet', password: 'right horse' };
export const logins = { registry: { username: login.user, password: new Secret(login.password) } };

const open = { registry: { auth: 'open' }, redirectBlobs: false } as const;
const unknown = { registry: { images: {} } };

const headOnly = ({ target: { blob: _off, ...target } }: World): Part => ({
	target: { ...target, manifestGet: false },
});

async function bare({ target }: World): Promise<Part> {
	const { blob: _off, ...without } = target;
	return { target: { ...without, bare: true } };
}

async function redirected(wishes: RedirectWishes, part: (world: World) => Part = () => ({})): Promise<Setting> {
	const world = await makeRedirectedWorld(wishes);
	const { node, target, registry, token, blob, away } = world;
	const servers = { registry, token, blob, redirect: away };
	const dispose = () => world[Symbol.asyncDispose]();
	return { node, target, servers, ...part(world), [Symbol.asyncDispose]: dispose };
}

/** Docker Hub under its own name, with token service and CDN, asked as by default. */
async function dockerHub(world: World, stack: AsyncDisposableStack): Promise<Part> {
	const { authority, image, token, blob, answers } = world;
	const issued = await authority.issue({ names: [hubHost] });
	const registry = stack.use(
		await startRegistry({
			tls: { key: issued.key, cert: issued.chain },
			images: { 'library/hello-world': { latest: image } },
			auth: { bearer: { realm: token.realm(names.token), service: 'registry.docker.io', tokens: token.tokens } },
			blobUrl: (content) => blob.urlOf(content, names.blob),
		}),
	);
	answers[hubHost] = { A: ['127.0.0.1'] };
	return { target: await hubTarget(registry.port, image), servers: { registry, token, blob } };
}

async function hubMirror(world: World, stack: AsyncDisposableStack): Promise<Part> {
	const { image } = world;
	const registry = stack.use(await startRegistry({ images: { 'library/hello-world': { latest: image } } }));
	const endpoint = { scheme: 'http', hostname: '127.0.0.1', port: registry.port } as const;
	const target = {
		...(await hubTarget(registry.port, image)),
		endpoint,
		via: 'mirror',
		namespace: 'docker.io',
	} as const;
	return { target, servers: { registry } };
}

async function proxied({ target, registry, token, blob }: World, stack: AsyncDisposableStack): Promise<Part> {
	const hosts = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));
	const proxy = stack.use(await startProxy({ hosts }));
	const way = { scheme: 'http', hostname: '127.0.0.1', port: proxy.port, login: false, source: 'test' } as const;
	return { target: { ...target, proxy: way }, servers: { registry, token, blob }, proxy };
}

async function proxiedPlain(world: World, stack: AsyncDisposableStack): Promise<Part> {
	const registry = stack.use(await startRegistry({ images: { 'team/app': { 1: world.image } } }));
	const target = targetAt({ scheme: 'http', hostname: names.registry, port: registry.port });
	return await proxied({ ...world, registry, target }, stack);
}

/** Attempts on what works, by their name in docs/requests.md. */
export const healthy: Readonly<Record<string, () => Promise<Setting>>> = {
	'open registry': () => inWorld(open),
	'open registry, image without an index': () => inWorld({ ...open, image: makeImage() }),
	'open registry, with `manifest_get: never` and `blob: { bytes: 0 }`': () => inWorld(open, headOnly),
	'token service, layers from another host': () => inWorld(),
	'the same, layer named in the configuration': () =>
		inWorld({}, ({ target, image }) => ({ target: { ...target, blob: wishFor(image) } })),
	'the same, with `manifest_get: never`': () =>
		inWorld({}, ({ target, image }) => ({ target: { ...target, manifestGet: false, blob: wishFor(image) } })),
	'the same, with `manifest_get: never` and `blob: { bytes: 0 }`': () => inWorld({}, headOnly),
	'login (Basic)': () => inWorld({ ...open, registry: { auth: { basic: login } } }, () => ({ trying: { logins } })),
	'docker.io by default': () => inWorld({}, dockerHub),
	'docker.io through a mirror': () => inWorld({}, hubMirror),
	'bare host that has the image': () => inWorld({}, bare),
	'bare host that has not': () => inWorld(unknown, bare),
	'bare host that sends on, has not': () =>
		redirected({ challenge: true, away: { images: {} } }, ({ target: { blob: _off, ...target } }) => ({
			target: { ...target, bare: true },
		})),
	'manifest requests are sent on': () => redirected({}),
	'the same, to a host with a challenge of its own': () => redirected({ challenge: true }),
	'HEAD is answered with 405': () =>
		inWorld({
			...open,
			registry: { auth: 'open', respond: ({ method }) => (method === 'HEAD' ? { status: 405 } : undefined) },
		}),
	'behind a proxy': () => inWorld({}, proxied),
	'behind a proxy, plain http': () => inWorld({}, proxiedPlain),
};

function wishFor({ layers }: World['image']): NonNullable<World['target']['blob']> {
	return { bytes: 65_536, byDefault: false, digest: layers[0]?.digest ?? '' };
}
