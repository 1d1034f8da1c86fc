import type { Wish } from './installation.ts';
import { team } from './names.ts';
import { repository } from './registries.ts';

/** The registries that are configured, of both networks. */
export const configured = ['registry.test', 'limited.test'] as const;

const common = 'interval: 2s\ntimeout: 2s\nregistries:\n';

/** The agents on the nodes' own network, which may see and write whatever there is a component for. */
export const onHosts: Wish = {
	base: 'base',
	components: ['discovery', 'explain', 'events', 'node-condition'],
	name: 'registry-probe',
	files: {
		'config.yaml': `${common}${entries('')}
discovery: { keep: 2s }
pull_secrets: { namespaces: [${team}], interval: 5s }
cluster: { events: true, condition: true, condition_after: 5s }
`,
	},
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
