import { ApiFailure } from '../../../src/cluster/apiFailure.ts';
import { discover } from '../../../src/cluster/discovery.ts';
import { Lines } from '../../../src/cluster/lines.ts';
import { ListReader } from '../../../src/cluster/listReader.ts';
import { readClusterNode } from '../../../src/cluster/node.ts';
import { readPod, type PodFacts } from '../../../src/cluster/pod.ts';
import { readPodEvent } from '../../../src/cluster/podEvent.ts';
import { readPullSecret } from '../../../src/cluster/pullSecret.ts';
import { readAgentPod } from '../../../src/cluster/remote/agentPods.ts';
import { readWatchEvent } from '../../../src/cluster/watchEvent.ts';
import { parseJson } from '../../../src/registry/json.ts';
import { allowing, gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const rules = { allow: ['*'], deny: [], keep: 60 };
const mostOfPod = 400_000;

/** A list of the API, cut anywhere, and the lines of a watch. */
function check(input: Buffer): readonly string[] {
	const text = input.toString();
	return [list(text), ...watch(text)];
}

function list(text: string): string {
	const reader = new ListReader();
	const step = 1 + (text.length % 7) * 5;
	const pieces = Array.from({ length: Math.ceil(text.length / step) }, (_, at) =>
		text.slice(at * step, (at + 1) * step),
	);
	const found = allowing(
		() => ({ objects: pieces.flatMap((piece) => reader.push(piece)), end: reader.end() }),
		ApiFailure,
	);
	if (found instanceof ApiFailure) return failure(found);
	const whole = new ListReader();
	must(whole.push(text).join('\n') === found.objects.join('\n'), 'a list that is cut is read otherwise');
	const pods = found.objects.flatMap((object) => objectOf(parseJson(object)) ?? []);
	const registries = discover([], pods, rules, 0);
	must(registries.length <= 20, `${registries.length} registries`);
	return `list ${magnitude(found.objects.length)} ${magnitude(pods.length)} ${magnitude(registries.length)}`;
}

function watch(text: string): readonly string[] {
	const lines = new Lines(256 * 1024).push(`${text}\n`);
	return [
		...new Set(
			lines.slice(0, 50).map((line) => {
				const event = readWatchEvent(line);
				if (event instanceof ApiFailure) return failure(event);
				objectOf(event.object);
				return `${event.type} ${readPodEvent(event.object) !== undefined}`;
			}),
		),
	];
}

/** The same object as each of the things that it could be. */
function objectOf(object: unknown): PodFacts | undefined {
	const pod = readPod(object);
	mustBeSmall(pod, mostOfPod);
	mustBeSmall(readPodEvent(object), 4000);
	mustBeSmall(readClusterNode(object), 1000);
	readPullSecret(object);
	const agent = readAgentPod(object);
	must(!agent || (agent.port >= 1 && agent.port <= 65_535 && Number.isFinite(agent.createdAt)), 'an agent at no port');
	mustPrint(agent?.state ?? '', 60);
	return pod;
}

function failure({ message, retryAfter = 0 }: ApiFailure): string {
	mustPrint(message, 300);
	must(retryAfter >= 0 && retryAfter <= 3600, `a wait of ${retryAfter}`);
	return gist(message);
}

const pod = {
	metadata: { uid: 'u', namespace: 'n', name: 'p', resourceVersion: '7', creationTimestamp: '2026-11-21T00:00:00Z' },
	spec: {
		nodeName: 'n1',
		containers: [{ name: 'a', image: 'ghcr.io/a/b:1', ports: [{ name: 'metrics', containerPort: 1 }] }],
		imagePullSecrets: [{ name: 's' }],
		initContainers: [{ name: 'i', image: 'busybox' }],
	},
	status: {
		phase: 'Pending',
		containerStatuses: [{ name: 'a', imageID: '', state: { waiting: { reason: 'ErrImagePull', message: 'x' } } }],
		conditions: [{ type: 'Ready', status: 'True' }],
	},
};
const event = {
	metadata: { resourceVersion: '8' },
	reason: 'Failed',
	message: 'm',
	source: { component: 'kubelet' },
	count: 2,
	firstTimestamp: '2026-11-21T00:00:00Z',
	lastTimestamp: '2026-11-21T00:00:09Z',
	involvedObject: { fieldPath: 'spec.containers{a}' },
	series: { count: 3, lastObservedTime: '2026-11-21T00:00:08.5Z' },
};

export const target: Target = {
	name: 'clusterApi',
	source:
		'src/cluster/listReader.ts, lines.ts, watchEvent.ts, pod.ts, podEvent.ts, node.ts, discovery.ts, apiFailure.ts; src/cluster/remote/agentPods.ts',
	writer: 'the API server; of pods their owners',
	shape: 'json',
	most: 4 * 1024 * 1024,
	seeds: [
		JSON.stringify({
			kind: 'PodList',
			metadata: { resourceVersion: '7', continue: 'next"}]' },
			items: [pod, { a: [{}] }],
		}),
		`${JSON.stringify({ type: 'ADDED', object: pod })}\n${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } })}`,
		JSON.stringify({ type: 'MODIFIED', object: event }),
		JSON.stringify({ type: 'ERROR', object: { code: 410, message: 'too old', details: { retryAfterSeconds: 5 } } }),
		JSON.stringify({
			type: 'ADDED',
			object: {
				metadata: {
					resourceVersion: '1',
					labels: { 'topology.kubernetes.io/zone': 'a', 'node.kubernetes.io/instance-type': 'm' },
				},
				type: 'kubernetes.io/dockercfg',
				data: { '.dockercfg': 'e30=' },
			},
		}),
	],
	words: [
		'items',
		'metadata',
		'resourceVersion',
		'continue',
		'spec',
		'status',
		'containers',
		'initContainers',
		'ephemeralContainers',
		'containerStatuses',
		'imagePullSecrets',
		'state',
		'waiting',
		'reason',
		'message',
		'name',
		'image',
		'uid',
		'namespace',
		'type',
		'object',
		'ADDED',
		'ERROR',
		'"items":[',
		'\\"',
		'{',
		'}',
		']',
		'labels',
		'topology.kubernetes.io/zone',
		'localhost:5000/x',
		'[::1]/x',
		'169.254.169.254/x',
	],
	check,
};
