import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from './authority.ts';
import { readBody } from './http.ts';
import { listen } from './listener.ts';

/** An object of the API, as far as the server itself looks at it. */
export interface ApiObject {
	readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
	readonly [key: string]: unknown;
}

export type Kind = 'pods' | 'nodes' | 'secrets' | 'events';

/** What was asked of the server. */
export interface ApiRequest {
	readonly method: string;
	/** With its query. */
	readonly path: string;
	readonly status: number;
	readonly body: string;
}

/**
 * A server that behaves as the Kubernetes API does for what an agent asks: lists with field selectors, watches that tell
 * of changes, single objects, objects that are created or patched; with a token, and rights to Secrets by namespace.
 */
export interface ClusterApi extends AsyncDisposable {
	/** The environment of a pod that is to find it. */
	readonly environment: Readonly<Record<string, string>>;
	/** The directory of its service account. */
	readonly account: string;
	readonly requests: readonly ApiRequest[];
	/** Creates an object or puts it in the place of one that is there. */
	put(kind: Kind, object: ApiObject): void;
	remove(kind: Kind, name: string, namespace?: string): void;
	/** All objects of a kind as they are now. */
	objects(kind: Kind): readonly ApiObject[];
	/** Namespaces whose Secrets may be read. */
	readonly readable: Set<string>;
}

interface Change {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly kind: Kind;
	readonly version: number;
	readonly object: ApiObject;
}

const token = 'token-of-the-agent';

/** Objects by kind and name, and all that ever happened to them. */
class Objects {
	readonly #objects = new Map<string, { readonly kind: Kind; readonly object: ApiObject }>();
	readonly changes: Change[] = [];
	/** Told of each change. */
	readonly watchers = new Set<(change: Change) => void>();

	get version(): number {
		return this.changes.length + 100;
	}

	all(kind: Kind): readonly ApiObject[] {
		return [...this.#objects.values()].filter((one) => one.kind === kind).map(({ object }) => object);
	}

	get(kind: Kind, name: string, namespace = ''): ApiObject | undefined {
		return this.#objects.get(`${kind} ${namespace} ${name}`)?.object;
	}

	put(kind: Kind, given: ApiObject): ApiObject {
		const { name, namespace = '' } = given.metadata;
		const before = this.get(kind, name, namespace);
		const created = { uid: `uid-${namespace}-${name}`, creationTimestamp: new Date().toISOString() };
		const metadata = { ...created, ...before?.metadata, ...given.metadata, resourceVersion: String(this.version + 1) };
		const object = { ...given, metadata };
		this.#objects.set(`${kind} ${namespace} ${name}`, { kind, object });
		this.#tell({ type: before ? 'MODIFIED' : 'ADDED', kind, version: this.version + 1, object });
		return object;
	}

	remove(kind: Kind, name: string, namespace = ''): void {
		const object = this.get(kind, name, namespace);
		if (!object) return;
		this.#objects.delete(`${kind} ${namespace} ${name}`);
		const metadata = { ...object.metadata, resourceVersion: String(this.version + 1) };
		this.#tell({ type: 'DELETED', kind, version: this.version + 1, object: { ...object, metadata } });
	}

	#tell(change: Change): void {
		this.changes.push(change);
		for (const watcher of this.watchers) watcher(change);
	}
}

/** Whether an object is one that a field selector speaks of (https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/). */
function selects(selector: string, object: ApiObject): boolean {
	return selector.split(',').every((term) => {
		const [, path = '', not = '', value = ''] = /^([\w.]+)(!?)==?(.*)$/.exec(term) ?? [];
		if (path === '') return true;
		const found = path
			.split('.')
			.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
		return ((typeof found === 'string' ? found : '') === value) === (not === '');
	});
}

/** Starts one without objects. */
export async function startClusterApi(): Promise<ClusterApi> {
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: ['127.0.0.1'] });
	const objects = new Objects();
	const requests: ApiRequest[] = [];
	const readable = new Set<string>();
	const server: Server = createServer({ key, cert: chain }, (request, response) => {
		void readBody(request).then((body) => {
			response.once('close', () => {
				const { method = '', url: path = '' } = request;
				requests.push({ method, path, status: response.statusCode, body });
			});
			answer(objects, readable, { request, body }, response);
		});
	});
	const listener = await listen(server);
	const account = await mkdtemp(join(tmpdir(), 'service-account-'));
	await writeFile(join(account, 'token'), token);
	await writeFile(join(account, 'ca.crt'), authority.pem);
	return {
		environment: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(listener.port) },
		account,
		requests,
		readable,
		put: (kind, object) => void objects.put(kind, object),
		remove: (kind, name, namespace) => objects.remove(kind, name, namespace),
		objects: (kind) => objects.all(kind),
		async [Symbol.asyncDispose]() {
			await listener.close();
			await rm(account, { recursive: true, force: true });
		},
	};
}

interface Received {
	readonly request: IncomingMessage;
	readonly body: string;
}

function answer(
	objects: Objects,
	readable: ReadonlySet<string>,
	{ request, body }: Received,
	response: ServerResponse,
): void {
	const url = new URL(request.url ?? '', 'https://server');
	const send = (status: number, value: object) => {
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
	};
	const refuse = (code: number, message: string) => send(code, { kind: 'Status', status: 'Failure', code, message });
	if (request.headers.authorization !== `Bearer ${token}`) return refuse(401, 'Unauthorized');
	const place = /\/v1(?:\/namespaces\/([^/]+))?\/(pods|nodes|secrets|events)(?:\/([^/]+))?$/.exec(url.pathname);
	const [, namespace, found = '', name] = place ?? [];
	const kind = (['pods', 'nodes', 'secrets', 'events'] as const).find((one) => one === found);
	if (!kind) return refuse(404, 'the server could not find the requested resource');
	if (kind === 'secrets' && !(name !== undefined && request.method === 'GET' && readable.has(namespace ?? ''))) {
		return refuse(403, `secrets "${name ?? ''}" is forbidden`);
	}
	if (request.method === 'POST') return send(201, objects.put(kind, JSON.parse(body) as ApiObject));
	if (name !== undefined) {
		const object = objects.get(kind, name, namespace);
		if (!object) return refuse(404, `${kind} "${name}" not found`);
		if (request.method === 'GET') return send(200, object);
		return send(200, objects.put(kind, { ...object, ...(JSON.parse(body) as ApiObject), metadata: object.metadata }));
	}
	const selector = url.searchParams.get('fieldSelector') ?? '';
	const inScope = (object: ApiObject) =>
		(namespace === undefined || object.metadata.namespace === namespace) && selects(selector, object);
	if (url.searchParams.has('watch')) return watch(objects, kind, url, inScope, response);
	send(200, {
		kind: 'List',
		metadata: { resourceVersion: String(objects.version) },
		items: objects.all(kind).filter(inScope),
	});
}

function watch(
	objects: Objects,
	kind: Kind,
	url: URL,
	inScope: (object: ApiObject) => boolean,
	response: ServerResponse,
): void {
	const tell = (change: Change) => {
		if (change.kind !== kind) return;
		const type = inScope(change.object) ? change.type : 'DELETED';
		response.write(`${JSON.stringify({ type, object: change.object })}\n`);
	};
	response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
	const since = Number(url.searchParams.get('resourceVersion'));
	for (const change of objects.changes) if (change.version > since) tell(change);
	objects.watchers.add(tell);
	response.once('close', () => objects.watchers.delete(tell));
}
