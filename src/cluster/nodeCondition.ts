import { isRecord } from '../registry/json.ts';
import { askJson } from './ask.ts';
import type { Writing } from './writing.ts';

/** The type of the condition: the manifests' policy lets the agent change no other. */
export const conditionType = 'RegistriesReachable';

/** A condition of a node (https://kubernetes.io/docs/reference/node/node-status/#condition). */
export interface NodeCondition {
	readonly status: 'True' | 'False' | 'Unknown';
	/** One word in CamelCase. */
	readonly reason: string;
	/** For people; safe to show. */
	readonly message: string;
}

/** A node with its images and many labels has less. */
const mostOfNode = 4 * 1024 * 1024;

/**
 * The status of the condition as it is now; undefined where the node has none. A patch that changes nothing is answered
 * with the node, so that no right to read is needed. Throws `ApiFailure`.
 */
export async function statusNow(writing: Writing): Promise<string | undefined> {
	const node = await patch(writing, {});
	const status = isRecord(node) ? node['status'] : undefined;
	const conditions = isRecord(status) && Array.isArray(status['conditions']) ? status['conditions'] : [];
	const own = conditions.filter(isRecord).find(({ type }) => type === conditionType)?.['status'];
	return typeof own === 'string' ? own : undefined;
}

/**
 * Sets the condition, and says that it was looked at now. `changed`: its status is another than before, as of now. The
 * other conditions are left alone: it is a strategic merge, in which a condition is known by its type. Throws `ApiFailure`.
 */
export async function setCondition(
	writing: Writing,
	{ status, reason, message }: NodeCondition,
	changed: boolean,
): Promise<void> {
	const now = new Date().toISOString().replace(/\.\d+/, '');
	const times = { lastHeartbeatTime: now, ...(changed && { lastTransitionTime: now }) };
	await patch(writing, { status: { conditions: [{ type: conditionType, status, reason, message, ...times }] } });
}

/** Takes the condition away. Throws `ApiFailure`. */
export async function removeCondition(writing: Writing): Promise<void> {
	await patch(writing, { status: { conditions: [{ type: conditionType, $patch: 'delete' }] } });
}

async function patch({ access, node, signal }: Writing, change: object): Promise<unknown> {
	const path = `/api/v1/nodes/${encodeURIComponent(node)}/status`;
	const body = JSON.stringify(change);
	const sent = { method: 'PATCH', type: 'application/strategic-merge-patch+json', body } as const;
	return await askJson(access, path, signal, mostOfNode, sent);
}
