import { beforeAll, describe, expect, inject, test } from 'vitest';
import { podOf } from '../manifests/manifest.ts';
import { build, kubectl, objectsIn } from './kubectl.ts';

const access = inject('access');
/** The levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/, each a namespace here. */
const levels = ['privileged', 'baseline', 'restricted'] as const;
type Level = (typeof levels)[number];

beforeAll(async () => {
	const namespaces = levels.map((level) => ({
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: { name: `level-${level}`, labels: { 'pod-security.kubernetes.io/enforce': level } },
	}));
	const accounts = levels.flatMap((level) =>
		['registry-probe', 'registry-probe-pods'].map((name) => ({
			apiVersion: 'v1',
			kind: 'ServiceAccount',
			metadata: { name, namespace: `level-${level}` },
		})),
	);
	const list = { apiVersion: 'v1', kind: 'List', items: [...namespaces, ...accounts] };
	await kubectl(access, ['apply', '--filename', '-'], JSON.stringify(list));
});

/** What a level has against the pod of a DaemonSet, each in a few words; nothing when the pod may run there. */
async function objections(level: Level, directory: string, components: readonly string[] = []): Promise<string[]> {
	const [daemonSet] = objectsIn(await build(access, directory, components)).filter(({ kind }) => kind === 'DaemonSet');
	if (!daemonSet) throw new Error(`${directory} has no DaemonSet`);
	const metadata = { name: 'agent', namespace: `level-${level}` };
	const pod = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec: podOf(daemonSet) });
	try {
		await kubectl(access, ['create', '--dry-run=server', '--filename', '-'], pod);
		return [];
	} catch (error) {
		const [, violated] = /violates PodSecurity "[^"]*": (.*)/.exec(String(error)) ?? [];
		if (violated === undefined) throw error;
		return [...violated.matchAll(/(?:^|\), )([^(]+) \(/g)].map(([, words = '']) => words).toSorted();
	}
}

describe('the pod of the base', () => {
	test('may run where its namespace says', async () => {
		expect(await objections('privileged', 'base')).toEqual([]);
	});

	test('needs that level for the network and directories of the node, and for nothing else', async () => {
		expect(await objections('baseline', 'base')).toEqual(['host namespaces', 'hostPath volumes', 'hostPort']);
		// The strictest level has its own word for a hostPath.
		expect(await objections('restricted', 'base')).toEqual(['host namespaces', 'hostPort', 'restricted volume types']);
	});
});

test('the pod on the network of pods may run at the strictest level', async () => {
	expect(await objections('restricted', 'pod-network')).toEqual([]);
});

const added = {
	discovery: [],
	events: [],
	'node-condition': [],
	authentication: [],
	'scrape-annotations': [],
	crio: [],
	k3s: [],
	rke2: [],
	'node-credentials': ['runAsNonRoot != true', 'runAsUser=0'],
	'runtime-process': ['forbidden AppArmor profile', 'runAsNonRoot != true', 'runAsUser=0', 'unrestricted capabilities'],
};

test.each(Object.entries(added))('%s adds what its documentation says', async (name, more) => {
	const alone = await objections('restricted', 'base');
	const objected = await objections('restricted', 'base', [`components/${name}`]);
	expect(objected.filter((words) => !alone.includes(words))).toEqual(more);
});
