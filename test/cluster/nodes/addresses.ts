/** The bridge that nodes and servers are on, in the network of the tests. */
export const bridge = 'nodes';

/** Its hardware address, from those that nobody is given. */
export const hardware = '02:00:00:00:00:01';

/** Where the API server and the nameserver are, and what asks the agents for their metrics. */
export const hub = '10.77.0.1';

/** The first address of the API server's range for services: what pods know it by. */
export const kubernetesService = '10.0.0.1';

/** Servers by their names, each at an address of its own, so that one of them can be cut off. */
export const servers = {
	'registry.test': '10.77.0.2',
	/** The token service of the others. */
	'auth.test': '10.77.0.3',
	'limited.test': '10.77.0.4',
	'private.test': '10.77.0.5',
	'other.test': '10.77.0.6',
} as const;

export type ServerName = keyof typeof servers;

/** The addresses of a node by its number from 1 on. */
export interface NodeAddresses {
	readonly own: string;
	/** The network of its pods. */
	readonly pods: string;
}

export function addressesOf(number: number): NodeAddresses {
	return { own: `10.77.0.${10 + number}`, pods: `10.88.${number}.0/24` };
}
