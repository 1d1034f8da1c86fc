import { join } from 'node:path';
import { manifests } from '../manifests/files.ts';
import type { Access } from './controlPlane.ts';
import { kubectl } from './kubectl.ts';

/** The namespace that takes part in pull secrets. */
export const optedIn = 'team-a';

/** Installs the base and its twin as a person does, `podMonitors` being the file that defines that kind. */
export async function install(access: Access, podMonitors: string): Promise<void> {
	await kubectl(access, ['apply', '--server-side', '--filename', podMonitors]);
	await kubectl(access, ['wait', '--for=condition=Established', 'crd/podmonitors.monitoring.coreos.com']);
	await kubectl(
		access,
		['apply', '--filename', '-'],
		`{apiVersion: v1, kind: Namespace, metadata: {name: ${optedIn}}}`,
	);
	for (const directory of ['base', 'pod-network']) {
		await kubectl(access, ['apply', '--kustomize', join(manifests, directory)]);
	}
}
