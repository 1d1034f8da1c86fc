import { prefixed, type RegistryFamily } from '../family.ts';

/** The identities that registries count this node by, so that nodes behind one address can be grouped. */
export const egressInfo: RegistryFamily = {
	name: prefixed('egress_info'),
	type: 'gauge',
	help: "The identity that the registry counts this node's requests by, kept for an hour.",
	labels: ['registry', 'source'],
	series: ({ egress }) => egress.map(({ registry, source }) => ({ labels: { registry, source }, value: 1 })),
};
