import { tokenOf } from './account.ts';
import type { Access } from './controlPlane.ts';
import { askServer } from './request.ts';

const namespace = 'registry-probe';
const account = 'registry-probe';

/** Puts an agent's pod on a node, and gives a token of it as the kubelet of that node would ask for it. */
export async function agentToken(access: Access, node: string): Promise<string> {
	const name = `agent-on-${node}`;
	const container = { name: 'agent', image: 'registry-probe' };
	const { status, body } = await askServer(access, `/api/v1/namespaces/${namespace}/pods`, {
		method: 'POST',
		body: {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: { name },
			spec: { nodeName: node, serviceAccountName: account, containers: [container] },
		},
	});
	if (status !== 201) throw new Error(`the pod of an agent: ${status} ${body}`);
	const { metadata } = JSON.parse(body) as { readonly metadata: { readonly uid: string } };
	const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name, uid: metadata.uid };
	return await tokenOf(access, namespace, account, { boundObjectRef });
}

/** A token of the agents' account that belongs to no pod, as whoever may ask for tokens could have one. */
export async function looseToken(access: Access): Promise<string> {
	return await tokenOf(access, namespace, account);
}
