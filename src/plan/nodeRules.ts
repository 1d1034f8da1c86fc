import type { NodeFault } from '../node/fault.ts';
import type { Endpoint } from '../registry/endpoint.ts';
import { upstreamOf } from '../registry/hosts.ts';
import type { Reference } from '../registry/reference.ts';
import type { PullHost, Route, Runtime } from './pullHost.ts';
import type { Proxy } from './target.ts';

/** How an endpoint is reached from the node: through which proxy, and which hosts are excepted. */
export interface Way {
	readonly proxy?: Proxy;
	/** The text of NO_PROXY. */
	readonly noProxy: string;
}

/** What the node says, turned into rules by its runtime and version. */
export interface NodeRules {
	/** Absent where none was found: then the rules of the newest containerd hold. */
	readonly runtime?: Runtime;
	readonly client: 'containerd' | 'cri-o';
	/** Where the runtime would look for an image. */
	readonly route: (image: Reference) => Route;
	/** What the runtime's own environment says. */
	readonly wayTo: (endpoint: Endpoint) => Way;
	/** What is wrong with the node, whatever image is asked for. */
	readonly faults: readonly NodeFault[];
}

/** A node that says nothing: every image is pulled from its own registry, directly. */
export const silentNode: NodeRules = {
	client: 'containerd',
	route: (image) => ({ hosts: [upstreamHost(image)], faults: [] }),
	wayTo: () => ({ noProxy: '' }),
	faults: [],
};

/** The image's own registry, as a runtime treats it without configuration. */
export function upstreamHost({ domain }: Reference): PullHost {
	return {
		...upstreamOf(domain),
		root: '/v2',
		via: 'upstream',
		capabilities: ['pull', 'resolve'],
		headers: {},
		cas: [],
		clientCertificates: [],
		source: { file: 'built-in defaults' },
	};
}
