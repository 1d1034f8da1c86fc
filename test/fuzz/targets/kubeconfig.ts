import { join } from 'node:path';

import { namespaceOf, openKubeconfig } from '../../../src/cluster/remote/kubeconfig.ts';
import { KubeconfigUnusable } from '../../../src/cluster/remote/kubeconfigChoice.ts';
import { allowing, gist, must, mustPrint } from '../contract.ts';
import { NodeRoot } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();
const file = join(root.path, 'config');

function check(input: Buffer): readonly string[] {
	root.write({ config: input });
	const config = allowing(() => openKubeconfig({ file, environment: {} }), KubeconfigUnusable);
	if (config instanceof KubeconfigUnusable) {
		mustPrint(config.message.replaceAll(root.path, ''), 4000);
		must(!config.message.includes('hunter2'), 'a secret is told');
		return [gist(config.message.replaceAll(root.path, ''))];
	}
	return [`read ${config !== undefined && namespaceOf(config) !== 'default'}`];
}

export const target: Target = {
	name: 'kubeconfig',
	source: 'src/cluster/remote/kubeconfig.ts',
	writer: 'a person who runs cluster or explain',
	shape: 'lines',
	most: 64 * 1024,
	seeds: [
		'apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts:\n- name: a\n  context: { cluster: c, user: u, namespace: shop }\nclusters:\n- name: c\n  cluster: { server: https://k.example, certificate-authority-data: QQ== }\nusers:\n- name: u\n  user: { token: hunter2, exec: { apiVersion: client.authentication.k8s.io/v1, command: x, env: [{ name: A, value: b }] } }\n',
		'{"contexts":[],"clusters":null}',
		'a: &a [*a]\n',
	],
	words: [
		'current-context: ',
		'contexts:',
		'clusters:',
		'users:',
		'- name: ',
		'  context: ',
		'  cluster: ',
		'  user: ',
		'server: ',
		'token: ',
		'exec: ',
		'env: ',
		'null',
		'[]',
		'{}',
		'"',
		"'",
		'&a',
		'*a',
		'? ',
		'!!str',
		'|',
		'\t',
		'---',
	],
	check,
};
