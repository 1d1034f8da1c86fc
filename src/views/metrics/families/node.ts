import { prefixed, type AgentFamily } from '../family.ts';

const nodeInfo: AgentFamily = {
	name: prefixed('node_info'),
	type: 'gauge',
	help: 'What the node is and where it stands; a label is empty where nobody says it.',
	labels: ['zone', 'region', 'instance_type', 'runtime', 'kernel'],
	series({ node }) {
		if (!node) return [];
		const { zone = '', region = '', instanceType = '', runtime = '', kernel = '' } = node;
		return [{ labels: { zone, region, instance_type: instanceType, runtime, kernel }, value: 1 }];
	},
};

const nodeCreated: AgentFamily = {
	name: prefixed('node_created_timestamp_seconds'),
	type: 'gauge',
	help: 'When the node joined the cluster; absent where the API server does not say.',
	labels: [],
	series: ({ node }) => (node?.createdAt === undefined ? [] : [{ labels: {}, value: node.createdAt / 1000 }]),
};

const clusterLastSync: AgentFamily = {
	name: prefixed('cluster_last_sync_timestamp_seconds'),
	type: 'gauge',
	help: 'When the pods of this node were last known as the API server knows them; absent where it is not asked.',
	labels: [],
	series: ({ clusterSyncedAt }) =>
		clusterSyncedAt === undefined ? [] : [{ labels: {}, value: clusterSyncedAt / 1000 }],
};

/** The node, and what the cluster tells of it. */
export const nodeFamilies: readonly AgentFamily[] = [nodeInfo, nodeCreated, clusterLastSync];
