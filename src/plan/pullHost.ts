import type { NodeFault, Place } from '../node/fault.ts';
import type { Endpoint } from '../registry/endpoint.ts';

/** Files of a client certificate, as paths on the node. */
export interface ClientCertificate {
	readonly certificate: string;
	/** The same file where it holds both. */
	readonly key: string;
}

/** One host that the node's runtime would try for an image. */
export interface PullHost {
	readonly endpoint: Endpoint;
	/** The path before `/<repository>/manifests/…`, without a slash at the end: `/v2`, `/prefix/v2`. */
	readonly root: string;
	readonly via: 'upstream' | 'mirror';
	/** Value of `?ns=`, which containerd sends to hosts other than the image's own. */
	readonly namespace?: string;
	/** The repository as it is asked for there, where that is another than the image's: CRI-O rewrites it. */
	readonly repository?: string;
	/** What the runtime asks this host for: `resolve` the reference, for which a digest takes no more than `pull` in the node's files, and `pull` content by digest. */
	readonly capabilities: readonly ('pull' | 'resolve')[];
	/** Added to registry and token requests. Values may be secrets. */
	readonly headers: Readonly<Record<string, string>>;
	/** PEM files that are trusted beside the node's bundle, as paths on the node. */
	readonly cas: readonly string[];
	readonly clientCertificates: readonly ClientCertificate[];
	/** Certificates are not verified. */
	readonly insecure: boolean;
	/** When the host answers in plain HTTP instead of TLS, the runtime goes on in plain HTTP. */
	readonly plainHttpFallback: boolean;
	/** Where the runtime goes on in plain HTTP when its first request over TLS fails, for whatever reason. */
	readonly plainHttp?: Endpoint;
	/** Seconds that the runtime gives a connection, where the node says so and the runtime obeys. */
	readonly dialTimeout?: number;
	/** Why the runtime fails at this host before any network: a certificate file that it cannot load. */
	readonly unusable?: string;
	readonly source: Place;
}

/** Where the node's runtime would look for an image: its hosts in order, and what is wrong with what the node says. */
export interface Route {
	readonly hosts: readonly PullHost[];
	/** The runtime refuses the image without asking anyone; the detail says why. */
	readonly refused?: string;
	readonly faults: readonly NodeFault[];
}

/** The runtime whose rules hold, by name and version; containerd's older way of pulling is a rule of its own. */
export interface Runtime {
	readonly name: 'containerd' | 'cri-o';
	/** `2.4.2`. */
	readonly version: string;
	/** containerd's `use_local_image_pull`; pulls go through the transfer service from 2.1 on where it is absent. */
	readonly localPull?: boolean;
}
