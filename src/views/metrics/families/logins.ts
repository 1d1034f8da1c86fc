import { prefixed, type RegistryFamily } from '../family.ts';

/** When logins end: those of targets, where of several hosts with one source the first end counts, and those of pods. */
export const credentialNotAfter: RegistryFamily = {
	name: prefixed('credential_not_after_timestamp_seconds'),
	type: 'gauge',
	help: 'When the login for the registry ends, where that can be known.',
	labels: ['registry', 'source'],
	series({ states }) {
		const ends = new Map<string, number>();
		for (const { login } of states) {
			if (login?.notAfter === undefined) continue;
			ends.set(login.source, Math.min(login.notAfter, ends.get(login.source) ?? Infinity));
		}
		const registry = states[0]?.target.registry ?? '';
		return [...ends].map(([source, value]) => ({ labels: { registry, source }, value }));
	},
	unplanned: ({ pullSecrets = [] }) =>
		pullSecrets.flatMap(({ registry, namespace, secret, notAfter }) =>
			notAfter === undefined ? [] : { labels: { registry, source: `secret ${namespace}/${secret}` }, value: notAfter },
		),
};
