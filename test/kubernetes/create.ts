import type { Access } from './controlPlane.ts';
import { askServer } from './request.ts';

/** Creates an object unless it is there, and then its status, which no creation takes over. `path` is that of its kind. */
export async function create(
	access: Access,
	path: string,
	object: Readonly<Record<string, unknown>> & { readonly metadata: { readonly name: string } },
	status?: object,
): Promise<void> {
	const made = await askServer(access, path, { method: 'POST', body: { apiVersion: 'v1', ...object } });
	if (made.status !== 201 && made.status !== 409) throw new Error(`POST ${path}: ${made.status} ${made.body}`);
	if (status === undefined) return;
	const own = `${path}/${object.metadata.name}`;
	const { body } = await askServer(access, own);
	const url = `${own}/status`;
	const answer = await askServer(access, url, { method: 'PUT', body: { ...(JSON.parse(body) as object), status } });
	if (answer.status !== 200) throw new Error(`PUT ${url}: ${answer.status} ${answer.body}`);
}
