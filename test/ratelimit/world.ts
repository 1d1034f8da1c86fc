import type { Observation } from '../../src/probe/observation.ts';
import { stages } from '../../src/probe/stages.ts';
import { isDockerHub } from '../../src/registry/hosts.ts';
import { createStore } from '../../src/store/store.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import { createMetricsView } from '../../src/views/metrics/metricsView.ts';
import type { Target } from '../../src/plan/target.ts';
import type { Override, ReceivedRequest } from '../fakes/http.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import type { Answer } from '../fakes/reply.ts';
import { attempt, makeWorld, names, targetAt } from '../probe/world.ts';

/** Which answer of a registry says something about its limits: a GET of a manifest is `content`. */
export type Where = 'challenge' | 'manifest' | 'content' | 'token';

/** A registry under a name of its own that says this, and a node. */
export interface LimitedWorld extends AsyncDisposable {
	readonly target: Target;
	attempt(): Promise<Observation>;
}

/** What is said may change while the world runs. */
export async function makeLimitedWorld(host: string, says: () => { at: Where; answer: Answer }): Promise<LimitedWorld> {
	const stack = new AsyncDisposableStack();
	const overTakes = (where: Where) => says().at === where;
	const token: Override = () => (overTakes('token') ? says().answer : undefined);
	const world = stack.use(await makeWorld({ token: { respond: token } }));
	const { authority, image, token: service, blob, answers, node } = world;
	const tokenHost = isDockerHub(host) ? 'auth.docker.io' : names.token;
	const issued = await authority.issue({ names: [host, tokenHost] });
	service.changeTls({ key: issued.key, cert: issued.chain });
	const realm = service.realm(tokenHost);
	const registry: RegistryOptions = {
		tls: { key: issued.key, cert: issued.chain },
		images: { 'team/app': { 1: image } },
		auth: { bearer: { realm, service: host, tokens: service.tokens } },
		blobUrl: (content) => blob.urlOf(content, names.blob),
		respond: (request) => {
			const where = whereOf(request);
			if (where === undefined || !overTakes(where)) return undefined;
			const { answer } = says();
			const challenge = where === 'challenge' && { 'www-authenticate': `Bearer realm="${realm}",service="${host}"` };
			if (answer.status !== 200) return { ...answer, headers: { ...answer.headers, ...challenge } };
			const { mediaType, digest, body } = image;
			const own = { 'content-type': mediaType, 'docker-content-digest': digest };
			return { status: 200, headers: { ...own, ...answer.headers }, body };
		},
	};
	const server = stack.use(await startRegistry(registry));
	for (const name of [host, tokenHost]) answers[name] = { A: ['127.0.0.1'] };
	const endpoint = { scheme: 'https', hostname: host, port: server.port } as const;
	const target = targetAt(endpoint, { registry: host, manifestGet: !isDockerHub(host) });
	return { target, attempt: () => attempt(node, target), [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function whereOf({ path, method, headers }: ReceivedRequest): Where | undefined {
	if (!path.includes('/manifests/')) return undefined;
	if (headers.authorization === undefined) return 'challenge';
	return method === 'HEAD' ? 'manifest' : 'content';
}

/** One series of a scrape: its labels beside those that all have, and its value. */
export interface Series {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/** The scrapes of an agent that has made these attempts on one target. */
export class Scrapes {
	readonly store = createStore({ judge: pullVerdicts, proxied: () => false });
	#now = Date.now();
	readonly #view = createMetricsView({
		store: this.store,
		stages,
		node: 'n1',
		network: 'host',
		version: '1.0.0',
		now: () => this.#now,
	});

	constructor(target: Target) {
		this.store.setPlan([target]);
	}

	/** Lets time pass. */
	pass(seconds: number): void {
		this.#now += seconds * 1000;
	}

	/** The series of a metric, as the text of a scrape has them. */
	async series(metric: string): Promise<readonly Series[]> {
		const { body } = await this.#view.render();
		const lines = body.matchAll(new RegExp(`^registry_probe_${metric}\\{(.*)\\} (\\S+)$`, 'gm'));
		return [...lines].map(([, text = '', value]) => {
			const labels = [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', label = '']) => [name, label] as const);
			const { node: _node, network: _network, registry: _registry, host: _host, ...own } = Object.fromEntries(labels);
			return { labels: own, value: Number(value) };
		});
	}
}
