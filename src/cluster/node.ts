import { isRecord } from '../registry/json.ts';
import type { ApiAccess } from './access.ts';
import { type ApiFailure, asFailure } from './apiFailure.ts';
import { askJson } from './ask.ts';
import { Backoff, type Pace } from './backoff.ts';
import { pause } from './pause.ts';

/** What the cluster says about a node. */
export interface ClusterNode {
	readonly zone?: string;
	readonly region?: string;
	readonly instanceType?: string;
	/** When it joined, in milliseconds since the epoch. */
	readonly createdAt?: number;
}

const mostOfNode = 4 * 1024 * 1024;
const longestLabel = 63;
const hour = 3_600_000;
/** A right that is missing may be given at any time, but nobody waits for it. */
const usualPace: Pace = { first: 5000, most: hour / 4 };

/**
 * Reads a Node (https://kubernetes.io/docs/reference/labels-annotations-taints/); of each label the name that is in use, else
 * the one that older clusters have. What is not there is absent. Never throws.
 */
export function readClusterNode(value: unknown): ClusterNode {
	const metadata = isRecord(value) && isRecord(value['metadata']) ? value['metadata'] : {};
	const labels = isRecord(metadata['labels']) ? metadata['labels'] : {};
	const label = (...names: readonly string[]) =>
		names.map((name) => labels[name]).find((text): text is string => typeof text === 'string' && isLabel(text));
	const zone = label('topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone');
	const region = label('topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region');
	const instanceType = label('node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type');
	const { creationTimestamp } = metadata;
	const createdAt = typeof creationTimestamp === 'string' ? Date.parse(creationTimestamp) : Number.NaN;
	return {
		...(zone !== undefined && { zone }),
		...(region !== undefined && { region }),
		...(instanceType !== undefined && { instanceType }),
		...(Number.isFinite(createdAt) && { createdAt }),
	};
}

function isLabel(text: string): boolean {
	return text !== '' && text.length <= longestLabel;
}

/** Reads the node once and again every hour, sooner after a failure. Resolves when the signal ends it. */
export async function followNode(
	access: ApiAccess,
	name: string,
	told: { readonly onNode: (node: ClusterNode) => void; readonly onFailure: (failure: ApiFailure) => void },
	signal: AbortSignal,
): Promise<void> {
	const backoff = new Backoff(usualPace);
	while (!signal.aborted) {
		let next = hour;
		try {
			const path = `/api/v1/nodes/${encodeURIComponent(name)}`;
			const node = readClusterNode(await askJson(access, path, signal, mostOfNode));
			if (signal.aborted) return;
			told.onNode(node);
			backoff.reset();
		} catch (error) {
			if (signal.aborted) return;
			const failure = asFailure(error);
			told.onFailure(failure);
			next = backoff.next(failure.retryAfter);
		}
		await pause(next, signal);
	}
}
