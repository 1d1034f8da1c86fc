import type { Wish } from './installation.ts';
import { repository } from './registries.ts';

/** The registries that are configured, of both networks. */
export const configured = ['registry.test', 'limited.test'] as const;

const common = 'interval: 2s\ntimeout: 2s\nregistries:\n';

/** The agents on the nodes' own network. */
export const onHosts: Wish = {
	base: 'base',
	components: ['discovery'],
	name: 'registry-probe',
	files: { 'config.yaml': `${common}${entries('')}discovery: { deny: [private.test], keep: 2s }\n` },
};

/** Those on the network of pods, where nobody vouches for registries of one's own unless the configuration does. */
export function onPods(trusted: string): Wish {
	return {
		base: 'pod-network',
		components: [],
		name: 'registry-probe-pods',
		files: {
			'config.yaml': `node: { network: pod }\n${common}${entries(', ca: registries.crt')}`,
			'registries.crt': trusted,
		},
	};
}

function entries(more: string): string {
	return configured.map((name) => `  - { name: ${name}, image: '${name}/${repository}:1'${more} }\n`).join('');
}
