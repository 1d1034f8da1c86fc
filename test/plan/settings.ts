import type { Config, RegistrySettings } from '../../src/config/config.ts';

/** The built-in configuration with the given settings in place of its own. */
export function configOf(settings: Partial<Config> = {}): Config {
	return {
		files: [],
		listen: { host: '::', port: 9917 },
		authentication: 'none',
		interval: 60,
		timeout: 10,
		attemptTimeout: 60,
		concurrency: 4,
		node: { name: 'node-1', root: '/', runtime: 'auto', network: 'host', credentialProviders: 'list' },
		proxy: { kind: 'node' },
		noProxy: '',
		discovery: {
			mirrors: true,
			images: true,
			upstream: 'auto',
			allow: ['*'],
			deny: [],
			keep: 3600,
			credentials: 'anonymous',
			serviceAccount: '/nowhere',
		},
		explain: { pods: true, probe: true },
		pullSecrets: { namespaces: [], interval: 300 },
		cluster: { events: false, condition: false, conditionAfter: 120 },
		...settings,
	};
}

/** An entry of `registries` that says no more than given. */
export function entryOf(settings: Partial<RegistrySettings> & { readonly name: string }): RegistrySettings {
	return {
		credentials: { source: 'anonymous' },
		proxy: { kind: 'node' },
		noProxy: '',
		source: { file: 'config.yaml', line: 3 },
		...settings,
	};
}
