import { describe, expect, test } from 'vitest';
import { kustomizations, patchFiles, readManifest } from './files.ts';
import { containersOf, podOf } from './manifest.ts';

const base = podOf(readManifest('base/daemonset.yaml'));
const root = { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 };

/** The components that take back something of the base's security settings, and all that they take back. */
const exceptions: Readonly<Record<string, readonly object[]>> = {
	'components/authentication': [{ fsGroup: 65532 }],
	'components/node-credentials': [root],
	'components/runtime-process': [
		root,
		{ capabilities: { add: ['SYS_PTRACE'] }, appArmorProfile: { type: 'Unconfined' } },
	],
};

describe('the pod of the base', () => {
	test('runs as nobody, under the seccomp profile of the runtime', () => {
		expect(base.securityContext).toEqual({
			runAsNonRoot: true,
			runAsUser: 65532,
			runAsGroup: 65532,
			seccompProfile: { type: 'RuntimeDefault' },
		});
	});

	test('has one container, which can write nothing and become nobody else', () => {
		expect(containersOf(base).map(({ name, securityContext }) => ({ name, securityContext }))).toEqual([
			{
				name: 'agent',
				securityContext: {
					allowPrivilegeEscalation: false,
					readOnlyRootFilesystem: true,
					capabilities: { drop: ['ALL'] },
				},
			},
		]);
	});

	test('has no token of the Kubernetes API', () => {
		expect(base).toMatchObject({ automountServiceAccountToken: false });
		expect(readManifest('base/service-account.yaml')).toMatchObject({ automountServiceAccountToken: false });
	});

	test('sees neither processes nor memory of the node', () => {
		expect(Object.keys(base).filter((key) => ['hostPID', 'hostIPC', 'hostUsers'].includes(key))).toEqual([]);
	});
});

describe.each(kustomizations.filter((directory) => directory !== 'base'))('%s', (directory) => {
	const pods = patchFiles(directory).map((path) => podOf(readManifest(path)));

	test('takes back no security setting but those that its documentation names', () => {
		const settings = pods.flatMap((pod) => [pod, ...containersOf(pod)].flatMap((part) => part.securityContext ?? []));
		expect(settings).toEqual(exceptions[directory] ?? []);
	});

	test('adds no container and no namespace of the node', () => {
		expect(pods.flatMap(containersOf).filter(({ name }) => name !== 'agent')).toEqual([]);
		const shared = pods.flatMap(Object.entries).filter(([key, value]) => key.startsWith('host') && value !== null);
		expect(shared).toEqual([]);
	});
});
