import type { Authority } from '../../fakes/authority.ts';
import { startDns } from '../../fakes/dns.ts';
import type { HttpServer, ReceivedRequest } from '../../fakes/http.ts';
import type { Image } from '../../fakes/image.ts';
import { type RegistryOptions, startRegistry } from '../../fakes/registry.ts';
import type { RegistryAuth } from '../../fakes/registryAuth.ts';
import { registryError } from '../../fakes/registryError.ts';
import { json, type Reply } from '../../fakes/reply.ts';
import { startTokenService, type TokenRequest, type TokenService } from '../../fakes/token.ts';
import { hub, type ServerName, servers } from './addresses.ts';

/** Who may pull from `private.test`. */
export const login = { user: 'team', password: 'of the team' } as const;

/** The image that every registry has. */
export const repository = 'team/app';

/** The registries of the cluster, their token service and its nameserver. They work until they are told otherwise. */
export interface Registries extends AsyncDisposable {
	/** Addresses of nodes that have used up what `limited.test` lets them pull. */
	readonly limited: Set<string>;
	/** By their names. */
	readonly received: Readonly<Record<'registry.test' | 'limited.test' | 'private.test' | 'other.test', HttpServer>>;
}

/** Starts them on the addresses of the hub, which have to be there. All have the image as `team/app:1`. */
export async function startRegistries(authority: Authority, image: Image): Promise<Registries> {
	await using stack = new AsyncDisposableStack();
	const { key, chain } = await authority.issue({ names: Object.keys(servers) });
	const limited = new Set<string>();
	const common = { port: 443, tls: { key, cert: chain } };
	const at = (name: ServerName) => ({ ...common, address: servers[name] });
	const tokens = stack.use(await startTokenService({ ...at('auth.test'), accept: mayPull, respond: welcome }));
	const images = { [repository]: { 1: image } };
	const start = async (name: ServerName, more: RegistryOptions = {}) =>
		stack.use(await startRegistry({ ...at(name), images, ...more }));
	const [registry, limiting, closed, other] = await Promise.all([
		start('registry.test', { auth: bearer(tokens, 'registry.test') }),
		start('limited.test', { respond: (request) => refuse(request, limited) }),
		start('private.test', { auth: bearer(tokens, 'private.test') }),
		start('other.test'),
	]);
	const answers = Object.entries(servers).map(([name, address]) => [name, { A: [address] }] as const);
	stack.use(await startDns({ address: hub, port: 53, answers: Object.fromEntries(answers) }));
	const received = {
		'registry.test': registry,
		'limited.test': limiting,
		'private.test': closed,
		'other.test': other,
	};
	const owned = stack.move();
	return { limited, received, [Symbol.asyncDispose]: async () => await owned.disposeAsync() };
}

/** Whoever shows no login gets a token that opens nothing, as from Docker Hub. */
function welcome({ method, query, headers }: ReceivedRequest): Reply | undefined {
	const anonymous = method === 'GET' && headers.authorization === undefined;
	return anonymous && query.get('service') === 'private.test' ? json(200, { token: 'of nobody' }) : undefined;
}

function mayPull({ service, login: shown }: TokenRequest): boolean {
	return service !== 'private.test' || (shown?.user === login.user && shown.password === login.password);
}

function bearer(tokens: TokenService, service: string): RegistryAuth {
	return { bearer: { realm: 'https://auth.test/token', service, tokens: tokens.tokens } };
}

/** As Docker Hub refuses: manifests, by address, and nothing is said of when it ends. */
function refuse({ peer, path }: ReceivedRequest, limited: ReadonlySet<string>): Reply | undefined {
	return limited.has(peer) && path.includes('/manifests/') ? registryError(429, 'TOOMANYREQUESTS') : undefined;
}
