import { ProbeFailure, type Stage } from '../stage.ts';

/**
 * Stands where the handshake would, at a host where the node's runtime fails before any network: `why` tells in what.
 * Nothing is sent, so that a dead host does not hide what the runtime never comes to see.
 */
export const unusable: Stage<{ readonly why: string }, never> = {
	name: 'tls',
	measures: [],
	async run({ why }) {
		throw new ProbeFailure('node_config_unusable', why, {}, { untimed: true });
	},
};
