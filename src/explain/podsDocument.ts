import type { PodExplanation, PodsDocument } from './podExplanation.ts';

/** The answer to `/api/v1/pods`, described by docs/pods.schema.json. `syncedAt` in milliseconds since the epoch. */
export function podsDocument(
	node: string,
	pods: readonly PodExplanation[],
	syncedAt: number | undefined,
): PodsDocument {
	return { version: 1, node, ...(syncedAt !== undefined && { syncedAt: syncedAt / 1000 }), pods };
}
