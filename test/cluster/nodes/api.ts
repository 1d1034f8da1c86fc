import type { Access } from '../../kubernetes/controlPlane.ts';
import { askServer } from '../../kubernetes/request.ts';

/** The state of a container that waits. */
export interface Waiting {
	readonly reason: string;
	readonly message?: string;
}

/** A condition of a pod or a node. */
export interface Condition {
	readonly type: string;
	/** `True`, `False`, `Unknown`. */
	readonly status: string;
	readonly message?: string;
}

/** What is used of a pod. */
export interface Pod {
	readonly metadata: {
		readonly name: string;
		readonly namespace: string;
		readonly uid: string;
		readonly deletionTimestamp?: string;
		readonly annotations?: Readonly<Record<string, string>>;
	};
	readonly spec: { readonly nodeName?: string };
	readonly status: {
		readonly phase: string;
		readonly podIP?: string;
		readonly conditions?: readonly Condition[];
		readonly containerStatuses?: readonly {
			readonly restartCount: number;
			readonly state: { readonly waiting?: Waiting; readonly running?: object };
		}[];
	};
}

/** What is used of an event. */
export interface Event {
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	readonly count?: number;
	readonly involvedObject: { readonly kind: string; readonly name: string };
	readonly reportingComponent?: string;
}

/** What is used of a node. */
export interface NodeObject {
	readonly metadata: { readonly name: string };
	readonly status: { readonly conditions?: readonly Condition[] };
}

/** Whether a condition holds. */
export function is(object: Pod | NodeObject, type: string): boolean {
	return conditionOf(object, type)?.status === 'True';
}

export function conditionOf(object: Pod | NodeObject, type: string): Condition | undefined {
	return object.status.conditions?.find((each) => each.type === type);
}

/** The API of a cluster, with all rights. Every method rejects with what the server answered when it refuses. */
export class Api {
	readonly #access: Access;

	constructor(access: Access) {
		this.#access = access;
	}

	async nodes(): Promise<readonly NodeObject[]> {
		return await this.#list('/api/v1/nodes');
	}

	/** The pods of a namespace. */
	async pods(namespace: string): Promise<readonly Pod[]> {
		return await this.#list(`/api/v1/namespaces/${namespace}/pods`);
	}

	async events(namespace: string): Promise<readonly Event[]> {
		return await this.#list(`/api/v1/namespaces/${namespace}/events`);
	}

	/** Creates an object in the collection at a path. */
	async create(path: string, object: object): Promise<void> {
		await this.#ask('POST', path, object);
	}

	/** Ends a pod, at once with a grace of 0 seconds; nothing happens where it has ended. */
	async removePod(namespace: string, name: string, gracePeriodSeconds?: number): Promise<void> {
		await this.#ask('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds });
	}

	async #list<T>(path: string): Promise<readonly T[]> {
		return (JSON.parse(await this.#ask('GET', path)) as { readonly items: readonly T[] }).items;
	}

	async #ask(method: string, path: string, body?: object): Promise<string> {
		const answer = await askServer(this.#access, path, { method, body });
		if (answer.status < 300 || (method === 'DELETE' && answer.status === 404)) return answer.body;
		throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
	}
}
