import { isRecord } from '../../registry/json.ts';
import { ApiFailure } from '../apiFailure.ts';
import type { RemoteApi } from './remoteApi.ts';

/** Objects that are asked for at once. */
const pageSize = 500;
/** A server that always names a next page is not followed for ever. */
const mostPages = 100;
/** Characters of one page: 500 pods of 100 KB. */
const mostOfPage = 64 * 1024 * 1024;

/** All objects of a list of the API, page by page. `metadataOnly`: without spec and status. Throws `ApiFailure`. */
export async function listAll(
	api: RemoteApi,
	path: string,
	{
		query,
		signal,
		metadataOnly = false,
	}: { readonly query?: URLSearchParams; readonly signal: AbortSignal; readonly metadataOnly?: boolean },
): Promise<readonly unknown[]> {
	const objects: unknown[] = [];
	const asked = new URLSearchParams(query);
	asked.set('limit', String(pageSize));
	// https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables, and the same for metadata
	const accept = metadataOnly ? 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' : 'application/json';
	for (let page = 0; page < mostPages; page++) {
		const list = await api.get(`${path}?${asked.toString()}`, { signal, most: mostOfPage, accept });
		if (!isRecord(list) || !isRecord(list['metadata'])) throw new ApiFailure('the answer is no list of the API');
		// A list without objects may say null.
		if (Array.isArray(list['items'])) objects.push(...(list['items'] as readonly unknown[]));
		const next = list['metadata']['continue'];
		if (typeof next !== 'string' || next === '') break;
		asked.set('continue', next);
	}
	return objects;
}
