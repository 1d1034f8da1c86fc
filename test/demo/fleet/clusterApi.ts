import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../fakes/authority.ts';
import { type ReceivedRequest, startHttp } from '../../fakes/http.ts';
import { json, type Reply } from '../../fakes/reply.ts';

/** What the cluster says of one of its nodes. */
export interface ClusterNode {
	readonly zone: string;
	readonly pods: readonly object[];
}

/** How an agent finds the API server: the directory of its service account, and the environment of its process. */
export interface ClusterApi {
	readonly account: string;
	readonly environment: Readonly<Record<string, string>>;
}

const created = '2026-01-01T00:00:00Z';

/** As much of an API server as an agent asks: nodes, and the pods of one node. Ends with `stack`. */
export async function startClusterApi(
	stack: AsyncDisposableStack,
	nodes: Readonly<Record<string, ClusterNode>>,
): Promise<ClusterApi> {
	const authority = await createAuthority();
	const { chain: cert, key } = await authority.issue({ names: ['127.0.0.1'] });
	const server = stack.use(await startHttp({ tls: { cert, key } }, (request) => answer(request, nodes)));
	const account = await mkdtemp(join(tmpdir(), 'service-account-'));
	stack.defer(() => rm(account, { recursive: true, force: true }));
	await writeFile(join(account, 'token'), 'a-token');
	await writeFile(join(account, 'ca.crt'), authority.pem);
	return {
		account,
		environment: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) },
	};
}

function answer({ path, query }: ReceivedRequest, nodes: Readonly<Record<string, ClusterNode>>): Reply {
	const [, name = ''] = /^\/api\/v1\/nodes\/([^/]+)$/.exec(path) ?? [];
	const node = nodes[name];
	if (node) return json(200, nodeObject(name, node));
	if (path !== '/api/v1/pods') return json(404, { kind: 'Status', code: 404 });
	// Nothing ever changes.
	if (query.has('watch')) return 'silence';
	const [, of = ''] = /spec\.nodeName=([^,]+)/.exec(query.get('fieldSelector') ?? '') ?? [];
	return json(200, { kind: 'PodList', metadata: { resourceVersion: '1' }, items: nodes[of]?.pods ?? [] });
}

function nodeObject(name: string, { zone }: ClusterNode): object {
	const labels = {
		'topology.kubernetes.io/zone': zone,
		'topology.kubernetes.io/region': zone.slice(0, -1),
		'node.kubernetes.io/instance-type': 'demo.large',
	};
	return { kind: 'Node', metadata: { name, labels, creationTimestamp: created } };
}
