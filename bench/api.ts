import type { Respond } from '../test/fakes/http.ts';
import { json, type Answer } from '../test/fakes/reply.ts';

/** What the kubelet allows on a node unless told otherwise. */
export const podsOfNode = 110;

/** Changes of pods that a watch tells within the ten minutes that it lasts at most, one a second. */
const changes = 600;
const version = 1_000_000;

/** The token of the agent's service account. */
export const accountToken = 'bench-account';

/** An API server with one node and its pods, of the size that real ones have, one of which changes every second. */
export const answerAsApi: Respond = ({ path, query, headers }) => {
	if (headers.authorization !== `Bearer ${accountToken}`) return json(401, { kind: 'Status', code: 401 });
	if (path.startsWith('/api/v1/nodes/')) return json(200, node);
	if (path !== '/api/v1/pods') return json(404, { kind: 'Status', code: 404 });
	return query.has('watch') ? watched() : json(200, { kind: 'PodList', metadata: { resourceVersion }, items: all });
};

const resourceVersion = `${version}`;

const node = {
	kind: 'Node',
	metadata: {
		name: 'bench-node',
		creationTimestamp: '2026-01-01T00:00:00Z',
		labels: { 'topology.kubernetes.io/zone': 'zone-a', 'topology.kubernetes.io/region': 'region' },
	},
};

const all = Array.from({ length: podsOfNode }, (_, at) => podAt(at, version));

function watched(): Answer {
	const events = Array.from({ length: changes }, (_, at) => ({
		type: 'MODIFIED',
		object: podAt(at % podsOfNode, version + 1 + at),
	}));
	const lines = events.map((event) => `${JSON.stringify(event)}\n`);
	const bytesPerSecond = Math.max(...lines.map(({ length }) => length));
	return { status: 200, body: lines.join(''), pace: { bytesPerSecond } };
}

/** A pod with what an API server keeps of one: about 9 KiB, most of it who wrote which field. */
function podAt(at: number, written: number): object {
	const name = `app-${at}-7d9f5c6b8-x${at}`;
	const image = `registry-${at % 4}.example/team/app-${at}:1.${at}`;
	const fields = Array.from({ length: 60 }, (_, field) => [`f:field-${field}`, { 'f:name': {}, 'f:value': {} }]);
	const manager = (by: string) => ({
		manager: by,
		operation: 'Update',
		time: '2026-01-01T00:00:00Z',
		fieldsV1: Object.fromEntries(fields) as object,
	});
	return {
		metadata: {
			name,
			namespace: `team-${at % 10}`,
			uid: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
			resourceVersion: `${written}`,
			labels: { app: `app-${at}`, 'pod-template-hash': '7d9f5c6b8' },
			managedFields: [manager('kube-controller-manager'), manager('kubelet')],
		},
		spec: {
			nodeName: 'bench-node',
			containers: [{ name: 'app', image, env: fields.map(([field]) => ({ name: field, value: 'x'.repeat(20) })) }],
			imagePullSecrets: [{ name: 'regcred' }],
		},
		status: {
			phase: 'Running',
			containerStatuses: [
				{
					name: 'app',
					image,
					imageID: `registry-${at % 4}.example/team/app-${at}@sha256:${'0'.repeat(64)}`,
					restartCount: written - version,
					state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
				},
			],
		},
	};
}
