import type { CaFile, ClientFiles, Header, Rewrite } from '../../node/containerd/facts.ts';
import type { NodeFault, Place } from '../../node/fault.ts';
import type { HostUrl } from './hostUrl.ts';
import { has } from './traits.ts';

/** A host that containerd made of the node's settings, before an image is asked for. */
export interface Candidate {
	/** Absent for the image's own host, where nothing names it. */
	readonly url?: HostUrl;
	/** The path before the repository. */
	readonly root: string;
	/** Lower case. */
	readonly capabilities: ReadonlySet<string>;
	/** Absent is less than an empty list, which is a TLS setting. */
	readonly cas?: readonly CaFile[];
	readonly clients?: readonly ClientFiles[];
	readonly skipVerify?: boolean;
	/** A TLS setting of a host in plain HTTP makes containerd try TLS first. */
	readonly tlsFirst: boolean;
	readonly headers: readonly Header[];
	/** In seconds. */
	readonly dialTimeout?: number;
	readonly rewrites: readonly Rewrite[];
	/** A CA file without any certificate in it is refused. */
	readonly refusesEmptyCa: boolean;
	/** Absent where nothing says so: it is built in. */
	readonly source?: Place;
}

/** The hosts for a registry, in order. */
export interface Candidates {
	readonly candidates: readonly Candidate[];
	/** Why containerd refuses to pull from the registry at all. */
	readonly refused?: string;
	readonly faults: readonly NodeFault[];
}

/** All that a host can do. */
export const allCapabilities: ReadonlySet<string> = new Set(['pull', 'resolve', 'push', 'referrers']);

/** The image's own host as a version treats it without any setting. */
export function ownHost(version: string): Candidate {
	return {
		root: '/v2',
		capabilities: allCapabilities,
		tlsFirst: has(version, 'tlsFirst'),
		headers: [],
		rewrites: [],
		refusesEmptyCa: true,
	};
}
