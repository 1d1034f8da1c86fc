import { prefixed, type AgentFamily } from '../family.ts';

const labels = ['registry', 'namespace', 'secret'] as const;

const success: AgentFamily = {
	name: prefixed('pull_secret_success'),
	type: 'gauge',
	help: 'Whether a pull secret of pods on this node works at the registry; absent where nothing speaks for or against it.',
	labels,
	series: ({ pullSecrets = [] }) =>
		pullSecrets.flatMap(({ registry, namespace, secret, success: works }) =>
			works === undefined ? [] : { labels: { registry, namespace, secret }, value: Number(works) },
		),
};

const failure: AgentFamily = {
	name: prefixed('pull_secret_failure'),
	type: 'gauge',
	help: 'Present while a pull secret of pods on this node does not work at the registry, with the reason.',
	labels: [...labels, 'reason'],
	series: ({ pullSecrets = [] }) =>
		pullSecrets.flatMap(({ registry, namespace, secret, success: works, reason }) =>
			works === false && reason !== undefined ? { labels: { registry, namespace, secret, reason }, value: 1 } : [],
		),
};

/** The pull secrets of pods, in the namespaces that were opted in. */
export const pullSecretFamilies: readonly AgentFamily[] = [success, failure];
