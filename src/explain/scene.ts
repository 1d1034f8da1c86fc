import type { Request } from './request.ts';

/** What a layer says about the layers inside it. */
export type Kind =
	/** Somebody else's words follow: the body of an HTTP answer. */
	| 'body'
	/** The runtime is containerd. */
	| 'containerd'
	/** CRI-O, podman or skopeo read an image from a registry. */
	| 'source'
	/** CRI-O's first request: is this a registry? */
	| 'ping'
	/** A request to the registry after the one that CRI-O begins with: the connection had carried answers before. */
	| 'later'
	/** What could not be parsed follows in quotes. */
	| 'input'
	| 'authorize'
	| 'request'
	| 'lookup'
	| 'dial'
	/** An open connection was read or written. */
	| 'connection'
	| 'proxyconnect'
	| 'socks'
	/** The TLS alert of the other side. */
	| 'alert'
	/** Go's verification of the certificate. */
	| 'certificate'
	/** The connection broke while Go read an HTTP answer. */
	| 'broken'
	/** The number of an HTTP status follows. */
	| 'announced'
	/** A layer is written to disk: more of it came than fits the first buffer. */
	| 'stored'
	/** The body of a layer is being read. */
	| 'reading';

/** What was asked for when it failed. */
export type Operation = 'ping' | 'manifest' | 'blob' | 'token';

/** What the layers of an error tell beside its cause. The innermost layer that tells a thing is believed. */
export interface Scene {
	/** As written; may be no reference at all. */
	readonly image?: string;
	readonly request?: Request;
	/** The URL is that of the request before any redirect, so the host that failed may be another. */
	readonly beforeRedirects?: boolean;
	/** A host that is named outside of any URL. */
	readonly named?: string;
	readonly operation?: Operation;
	/** Whether credentials were sent to the token service. */
	readonly login?: 'anonymous' | 'sent';
	readonly status?: number;
	readonly nameserver?: string;
	/** The name that was looked up. */
	readonly lookedUp?: string;
	/** `address:port` that was dialled. */
	readonly dialled?: string;
}

/** One layer, and what the layers around it are. */
export interface Passage {
	readonly text: string;
	readonly inside: ReadonlySet<Kind>;
}

/** An error as it is understood so far. */
export interface Passages {
	readonly passages: readonly Passage[];
	readonly kinds: ReadonlySet<Kind>;
	readonly scene: Scene;
}
