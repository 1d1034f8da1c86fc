import { isRecord } from '../../registry/json.ts';
import { readClusterNode } from '../node.ts';
import { listAll } from './listAll.ts';
import type { RemoteApi } from './remoteApi.ts';

/** A node of the cluster, as its metadata tells. */
export interface NamedNode {
	readonly name: string;
	readonly zone?: string;
	/** An agent can run there, as far as labels tell: Linux, and a real machine. */
	readonly forAgents: boolean;
}

/** All nodes of the cluster. Only their metadata is asked for: the rest lists every image that a node has. Throws `ApiFailure`. */
export async function namedNodes(api: RemoteApi, signal: AbortSignal): Promise<readonly NamedNode[]> {
	const nodes = await listAll(api, '/api/v1/nodes', { signal, metadataOnly: true });
	return nodes.flatMap((node) => {
		const metadata = isRecord(node) && isRecord(node['metadata']) ? node['metadata'] : {};
		const { name } = metadata;
		if (typeof name !== 'string' || name === '') return [];
		const { zone } = readClusterNode(node);
		return [{ name, ...(zone !== undefined && { zone }), forAgents: isForAgents(metadata['labels']) }];
	});
}

/** As the DaemonSet chooses nodes. */
function isForAgents(labels: unknown): boolean {
	const of = isRecord(labels) ? labels : {};
	const linux = of['kubernetes.io/os'] === undefined || of['kubernetes.io/os'] === 'linux';
	return linux && of['eks.amazonaws.com/compute-type'] !== 'fargate' && of['type'] !== 'virtual-kubelet';
}
