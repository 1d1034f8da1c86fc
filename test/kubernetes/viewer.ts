import { readFileSync } from 'node:fs';
import { tokenOf } from './account.ts';
import type { Access } from './controlPlane.ts';
import { create } from './create.ts';
import { kubectl } from './kubectl.ts';

const namespace = 'people';

/** A kubeconfig of somebody who has the rights of a ClusterRole and no others, as JSON. */
export async function viewerOf(access: Access, name: string, role: string): Promise<string> {
	await kubectl(access, ['create', 'namespace', namespace]).catch(() => undefined);
	await create(access, `/api/v1/namespaces/${namespace}/serviceaccounts`, {
		kind: 'ServiceAccount',
		metadata: { name },
	});
	const subject = `--serviceaccount=${namespace}:${name}`;
	await kubectl(access, ['create', 'clusterrolebinding', `people-${name}`, `--clusterrole=${role}`, subject]);
	const token = await tokenOf(access, namespace, name);
	const cluster = { server: access.server, 'certificate-authority-data': readFileSync(access.ca).toString('base64') };
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'own', cluster }],
		users: [{ name, user: { token } }],
		contexts: [{ name: 'own', context: { cluster: 'own', user: name } }],
		'current-context': 'own',
	});
}
