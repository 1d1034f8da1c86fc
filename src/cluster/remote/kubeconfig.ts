import { existsSync } from 'node:fs';

import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';
import { type KubeconfigChoice, kubeconfigFiles, KubeconfigUnusable } from './kubeconfigChoice.ts';
import { KubeConfig } from './library.ts';

/**
 * The kubeconfig as kubectl chooses it
 * (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/): the file that is named, those of
 * KUBECONFIG, `~/.kube/config`; else, in a pod, its service account. Undefined where there is none of them. Throws
 * `KubeconfigUnusable` for one that cannot be read or lacks the context.
 */
export function openKubeconfig({ context, ...choice }: KubeconfigChoice): KubeConfig | undefined {
	const files = kubeconfigFiles(choice);
	const config = files.length > 0 ? merged(files) : inCluster(choice.environment);
	if (!config) {
		if (context === undefined) return undefined;
		throw new KubeconfigUnusable(`there is no kubeconfig that could have the context ${printable(context)}`);
	}
	if (context !== undefined) config.setCurrentContext(context);
	const current = config.getCurrentContext() || '';
	if (config.getCurrentCluster()) return withExecInfo(config);
	const known = config.getContexts().map(({ name }) => shown(name));
	throw new KubeconfigUnusable(
		`the kubeconfig has no context ${shown(current) || '(none is current)'}; it has ${known.join(', ') || 'none'}`,
	);
}

/** The library takes the file's word that a name is a text. */
function shown(name: unknown): string {
	return typeof name === 'string' ? printable(name) : '(no text)';
}

/** The namespace that the context names, as kubectl takes it. */
export function namespaceOf(config: KubeConfig): string {
	return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
}

/** Of what stands in several files under one name, the first counts. */
function merged(files: readonly string[]): KubeConfig {
	const config = new KubeConfig();
	for (const file of files) {
		const next = loaded(file);
		for (const cluster of next.getClusters()) if (!config.getCluster(cluster.name)) config.addCluster(cluster);
		for (const user of next.getUsers()) if (!config.getUser(user.name)) config.addUser(user);
		for (const one of next.getContexts()) if (!config.getContextObject(one.name)) config.addContext(one);
		if (!config.getCurrentContext() && next.getCurrentContext()) config.setCurrentContext(next.getCurrentContext());
	}
	return config;
}

function loaded(file: string): KubeConfig {
	const config = new KubeConfig();
	try {
		config.loadFromFile(file);
		return config;
	} catch (error) {
		const why = error instanceof Error ? ('code' in error ? String(error.code) : firstLine(error.message)) : '';
		throw new KubeconfigUnusable(`the kubeconfig ${printable(file)} cannot be read: ${why}`);
	}
}

/** What a reader of YAML shows below is the file itself, which holds secrets. */
function firstLine(message: string): string {
	return printable(redactText(message.split('\n', 1)[0] ?? ''), 120);
}

function inCluster({ KUBERNETES_SERVICE_HOST: host = '' }: KubeconfigChoice['environment']): KubeConfig | undefined {
	if (host === '' || !existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token')) return undefined;
	const config = new KubeConfig();
	config.loadFromCluster();
	return config;
}

/** Some plug-ins end with an error when they are not told what kubectl tells them. */
function withExecInfo(config: KubeConfig): KubeConfig {
	const exec: unknown = config.getCurrentUser()?.exec;
	if (typeof exec !== 'object' || exec === null) return config;
	const plugin = exec as { apiVersion?: string; env?: { name: string; value: string }[] };
	const info = { apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
	plugin.env = [{ name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }, ...(plugin.env ?? [])];
	return config;
}
