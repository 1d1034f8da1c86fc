import type { Role, SentRequest } from '../../src/probe/observation.ts';
import type { HttpServer, ReceivedRequest } from '../fakes/http.ts';
import type { HttpProxy } from '../fakes/proxy.ts';
import { makeWorld, type Trying, type Wishes, type World } from '../probe/world.ts';
import type { Requests } from './table.ts';

/** A world in which one kind of attempt happens. */
export interface Setting extends AsyncDisposable {
	readonly node: World['node'];
	readonly target: World['target'];
	/** Who plays which role; a role that nobody plays is asked for nothing. */
	readonly servers: Readonly<Partial<Record<Role, HttpServer>>>;
	readonly proxy?: HttpProxy;
	readonly trying?: Trying;
	/** What happens in place of one attempt; gives the requests that were sent. */
	readonly walk?: () => Promise<readonly SentRequest[]>;
}

/** Parts of a setting that the world alone does not tell. */
export type Part = Partial<Omit<Setting, typeof Symbol.asyncDispose>>;

/** A world with a registry, a token service and a blob host as a setting; `change` may start more and replaces parts. */
export async function inWorld(
	wishes: Wishes = {},
	change: (world: World, stack: AsyncDisposableStack) => Part | Promise<Part> = () => ({}),
): Promise<Setting> {
	const stack = new AsyncDisposableStack();
	const world = stack.use(await makeWorld(wishes));
	const { node, target, registry, token, blob } = world;
	const servers = { registry, token, blob };
	const changed = await change(world, stack);
	return { node, target, servers, ...changed, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The requests that each role's server has logged, a proxy's under the role that it was asked for. */
export function loggedBy({ servers, proxy }: Setting): Readonly<Record<Role, Requests>> {
	const tunnels = proxy?.requests.filter(({ method }) => method === 'CONNECT') ?? [];
	const of = (role: Role) => {
		const port = servers[role]?.port;
		const through = tunnels.filter(({ target }) => target.endsWith(`:${port}`)).map(() => 'CONNECT');
		return counted([...through, ...(servers[role]?.requests ?? []).map(kindOf)]);
	};
	return { registry: of('registry'), token: of('token'), redirect: of('redirect'), blob: of('blob') };
}

/** `HEAD manifest`, `GET token`. What reads the code of an error is a GET of a manifest for the server. */
function kindOf({ method, path }: ReceivedRequest): string {
	if (path.includes('/manifests/')) return `${method} manifest`;
	return path.includes('/blobs/') ? `${method} blob` : `${method} token`;
}

function counted(kinds: readonly string[]): Requests {
	const counts = new Map<string, number>();
	for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	return Object.fromEntries(counts);
}

/** The same requests as a server sees them: it cannot tell what a GET of a manifest is for. */
export function asLogged(requests: Requests): Requests {
	const { 'GET error': errors = 0, 'GET manifest': manifests = 0, ...others } = requests;
	return errors + manifests === 0 ? others : { ...others, 'GET manifest': errors + manifests };
}

/** The same requests as the agent counts them, by method. */
export function byMethod(requests: Requests): Requests {
	const counts = new Map<string, number>();
	for (const [kind, count] of Object.entries(requests)) {
		const [method = ''] = kind.split(' ');
		counts.set(method, (counts.get(method) ?? 0) + count);
	}
	return Object.fromEntries(counts);
}
