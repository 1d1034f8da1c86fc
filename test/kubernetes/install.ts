import { join } from 'node:path';
import { manifests } from '../manifests/files.ts';
import type { Access } from './controlPlane.ts';
import { kubectl } from './kubectl.ts';

/** The namespace that takes part in pull secrets. */
export const optedIn = 'team-a';

/** Installs the base and its twin as a person does, `monitoring` being the file that defines kinds of the Prometheus Operator. */
export async function install(access: Access, monitoring: string): Promise<void> {
	await kubectl(access, ['apply', '--server-side', '--filename', monitoring]);
	for (const kind of ['podmonitors', 'prometheusrules']) {
		await kubectl(access, ['wait', '--for=condition=Established', `crd/${kind}.monitoring.coreos.com`]);
	}
	await kubectl(
		access,
		['apply', '--filename', '-'],
		`{apiVersion: v1, kind: Namespace, metadata: {name: ${optedIn}}}`,
	);
	for (const directory of ['base', 'pod-network']) {
		await kubectl(access, ['apply', '--kustomize', join(manifests, directory)]);
	}
}
