import type { Observation } from '../../src/probe/observation.ts';
import type { Target } from '../../src/plan/target.ts';
import type { Override, ReceivedRequest } from '../fakes/http.ts';
import type { Quota } from '../fakes/quota.ts';
import { startRegistry } from '../fakes/registry.ts';
import { registryError } from '../fakes/registryError.ts';
import type { Reply } from '../fakes/reply.ts';
import { attempt, makeWorld, names, type Trying, type World } from '../probe/world.ts';
import type { Hub, HubRequest } from './hub.ts';
import { hubHost, hubTarget } from './hubTarget.ts';

/** Docker Hub as servers on loopback, with a hub that counts what they are asked. */
export interface HubServers extends AsyncDisposable {
	readonly target: Target;
	/** One attempt, and what it sent in order. */
	walk(trying?: Trying): Promise<Walk>;
}

export interface Walk {
	readonly observation: Observation;
	readonly requests: readonly HubRequest[];
}

/** The address that all clients come from. */
export const egress = '192.0.2.1';

/** The bare answer of the guard: no header, no word of a limit. */
const guarded = { status: 429, headers: { 'content-type': 'text/plain' }, body: 'Too Many Requests\n' };

function sort(host: HubRequest['host'], { method, path }: ReceivedRequest): HubRequest {
	if (host === 'token') return { host, method, what: 'token' };
	return { host, method, what: path.includes('/manifests/') ? 'manifest' : 'blob' };
}

/** The headers that every answer about a manifest has. */
function quotaOf(hub: Hub): Quota {
	const { pulls: limit, windowSeconds } = hub.limits;
	// The hub counts for itself.
	return {
		limit,
		windowSeconds,
		source: egress,
		get remaining() {
			return hub.left(egress);
		},
		set remaining(_counted) {},
	};
}

/** Starts the registry, the token service and the CDN of Docker Hub. */
export async function startHub(hub: Hub): Promise<HubServers> {
	const stack = new AsyncDisposableStack();
	const asked: HubRequest[] = [];
	const guard =
		(host: HubRequest['host'], instead: (request: ReceivedRequest) => Reply | undefined = () => undefined): Override =>
		(request) => {
			const sorted = sort(host, request);
			asked.push(sorted);
			const verdict = hub.take(egress, sorted);
			if (verdict === 'guarded') return guarded;
			return verdict === 'limited' ? registryError(429, 'TOOMANYREQUESTS') : instead(request);
		};
	const world = stack.use(await makeWorld({ token: { respond: guard('token') }, blob: { respond: guard('cdn') } }));
	const registry = stack.use(await startHubRegistry(world, hub, guard));
	world.answers[hubHost] = { A: ['127.0.0.1'] };
	const target = await hubTarget(registry.port, world.image);
	const walk = async (trying?: Trying): Promise<Walk> => {
		asked.length = 0;
		const observation = await attempt(world.node, target, trying);
		return { observation, requests: [...asked] };
	};
	return { target, walk, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** One attempt through a mirror, and what it sent there. */
export async function walkMirror(): Promise<Walk> {
	await using stack = new AsyncDisposableStack();
	const { node, image } = stack.use(await makeWorld());
	const mirror = stack.use(await startRegistry({ images: { 'library/hello-world': { latest: image } } }));
	const endpoint = { scheme: 'http', hostname: '127.0.0.1', port: mirror.port } as const;
	const observation = await attempt(node, {
		...(await hubTarget(mirror.port, image)),
		endpoint,
		namespace: 'docker.io',
	});
	return { observation, requests: mirror.requests.map((request) => sort('registry', request)) };
}

type Guard = (host: 'registry', instead: (request: ReceivedRequest) => Reply | undefined) => Override;

async function startHubRegistry({ authority, image, token, blob }: World, hub: Hub, guard: Guard) {
	const issued = await authority.issue({ names: [hubHost] });
	const realm = token.realm(names.token);
	const scope = 'repository:library/hello-world:pull';
	const challenge = `Bearer realm="${realm}",service="registry.docker.io",scope="${scope}"`;
	// The address is told before anybody has shown a token.
	const refusal = registryError(401, 'UNAUTHORIZED', [], {
		'www-authenticate': challenge,
		'docker-ratelimit-source': egress,
	});
	return await startRegistry({
		tls: { key: issued.key, cert: issued.chain },
		images: { 'library/hello-world': { latest: image } },
		quota: quotaOf(hub),
		blobUrl: (content) => blob.urlOf(content, names.blob),
		respond: guard('registry', ({ headers }) => (headers.authorization === undefined ? refusal : undefined)),
	});
}
