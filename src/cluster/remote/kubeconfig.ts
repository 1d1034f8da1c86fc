import { existsSync } from 'node:fs';

import { isRecord } from '../../registry/json.ts';
import { printable } from '../../registry/redact.ts';
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
		throw new KubeconfigUnusable(`the kubeconfig ${printable(file)} ${whyUnread(error)}`);
	}
}

/** The words of a reader of YAML quote the file, which holds secrets: a token that begins with `*` or `!` is an alias or a tag. */
function whyUnread(error: unknown): string {
	const { code, mark, message }: Readonly<Record<string, unknown>> = Object(error);
	if (typeof code === 'string') return `cannot be read: ${printable(code)}`;
	if (isRecord(mark)) return `is no YAML (${Number(mark['line']) + 1}:${Number(mark['column']) + 1})`;
	const missing = /^\w+\[\d+\][.\w]* is missing$/.exec(String(message));
	return `cannot be used: ${missing ? missing[0] : 'clusters, users and contexts are no lists of what they should be'}`;
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
	if (!isRecord(exec)) return config;
	const { apiVersion, args, env } = exec;
	const info = { apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
	const told = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
	Object.assign(exec, {
		args: listOf(args ?? [], 'args', 'texts', (one) => typeof one === 'string'),
		env: [told, ...listOf(env ?? [], 'env', 'name and value', isVariable)],
	});
	return config;
}

/** The library takes the file's word for it, and its own words about anything else repeat what stands there. */
function listOf(value: unknown, field: string, of: string, fits: (one: unknown) => boolean): readonly unknown[] {
	if (Array.isArray(value) && value.every(fits)) return value;
	throw new KubeconfigUnusable(`exec.${field} of the user in the kubeconfig is no list of ${of}, as kubectl wants it`);
}

function isVariable(one: unknown): boolean {
	return isRecord(one) && typeof one['name'] === 'string' && typeof one['value'] !== 'object';
}
