import type { Target } from '../../src/plan/target.ts';
import type { HttpServer, Override } from '../fakes/http.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { makeWorld, names, targetAt, type World } from '../probe/world.ts';

/** A world whose registry sends manifest requests on to another host, which has them. */
export interface RedirectedWorld extends World {
	/** The host that the requests are sent on to. */
	readonly away: HttpServer;
}

export interface RedirectWishes {
	/** The name of the other host; it resolves to loopback. */
	readonly name?: string;
	/** The other host has a challenge of its own. */
	readonly challenge?: boolean;
	/** Requests that the registry answers itself. Default: none. */
	readonly keeps?: Override;
	readonly away?: RegistryOptions;
}

/** `target` of the world asks the registry that sends on. */
export async function makeRedirectedWorld(wishes: RedirectWishes = {}): Promise<RedirectedWorld> {
	const { name = 'region.test', challenge = false } = wishes;
	const stack = new AsyncDisposableStack();
	const world = stack.use(await makeWorld());
	const { authority, image, token } = world;
	const issued = await authority.issue({ names: [...Object.values(names), name] });
	const tls = { key: issued.key, cert: issued.chain };
	const images = { 'team/app': { 1: image } };
	const bearer = { realm: token.realm(names.token), service: name, tokens: token.tokens };
	const away = stack.use(await startRegistry({ tls, images, auth: challenge ? { bearer } : 'open', ...wishes.away }));
	const registry = stack.use(
		await startRegistry({
			tls,
			images,
			respond: async (request) => {
				if (!request.path.includes('/manifests/')) return undefined;
				const kept = await wishes.keeps?.(request);
				return kept ?? { status: 307, headers: { location: `${away.origin(name)}${request.path}` } };
			},
		}),
	);
	const target: Target = targetAt({ scheme: 'https', hostname: names.registry, port: registry.port });
	world.answers[name] = { A: ['127.0.0.1'] };
	const owned = stack.move();
	return { ...world, registry, away, target, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
