import { join } from 'node:path';
import { manifests } from '../manifests/files.ts';
import type { Access } from './controlPlane.ts';
import { kubectl } from './kubectl.ts';

/** Installs the base and its twin as a person does, `podMonitors` being the file that defines that kind. */
export async function install(access: Access, podMonitors: string): Promise<void> {
	await kubectl(access, ['apply', '--server-side', '--filename', podMonitors]);
	await kubectl(access, ['wait', '--for=condition=Established', 'crd/podmonitors.monitoring.coreos.com']);
	for (const directory of ['base', 'pod-network']) {
		await kubectl(access, ['apply', '--kustomize', join(manifests, directory)]);
	}
}
