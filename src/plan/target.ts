import type { Endpoint } from '../registry/endpoint.ts';
import type { Reference } from '../registry/reference.ts';

/** The proxy in front of an endpoint. Its login is kept by `credentials/`, found by `key`. */
export interface Proxy {
	readonly scheme: 'http' | 'https' | 'socks5';
	readonly hostname: string;
	readonly port: number;
	/** Whether a user and password belong to it. */
	readonly login: boolean;
	/** Where the setting came from, for people: `configuration`, a file and line. */
	readonly source: string;
}

/** Where credentials come from; never the secret itself. */
export type CredentialReference =
	| { readonly source: 'anonymous' }
	| { readonly source: 'node' }
	/** `ownHost`: only what the file has for the endpoint's own host counts, no login of the registry behind it. */
	| { readonly source: 'file'; readonly file: string; readonly ownHost?: true }
	| { readonly source: 'secret'; readonly namespace: string; readonly name: string };

/** What the blob stage reads. Absent on a target whose blob stage is off. */
export interface BlobWish {
	/** Upper bound of the range, in bytes. */
	readonly bytes: number;
	/** The layer to read; without it the layer is learned from the manifest, where `manifestGet` allows. */
	readonly digest?: string;
	/** The digest is our own default: when the registry no longer knows it, that is not the node's fault. */
	readonly byDefault: boolean;
}

/** A file that a target needs: named by the configuration, as the agent sees it, or by the node, below the node's root. */
export interface TargetFile {
	readonly file: string;
	readonly of: 'agent' | 'node';
}

/** A certificate and its key that are shown to a server that asks for them. */
export interface TargetClientCertificate {
	readonly certificate: TargetFile;
	/** The same file where it holds both. */
	readonly key: TargetFile;
}

/** One image through one host: what one attempt probes. Plain data, unique by `registry` and `host`. */
export interface Target {
	/** `registry host`, the identity in store and schedule. */
	readonly id: string;
	/** The configured name, value of the label `registry`. */
	readonly registry: string;
	/** The host as dialled, value of the label `host`; carries the path where two targets would collide. */
	readonly host: string;
	readonly image: Reference;
	/** The image's repository as this host is asked for it: CRI-O rewrites it for mirrors. */
	readonly repository: string;
	/** Whose requests are imitated. */
	readonly client: 'containerd' | 'cri-o';
	/** The runtime was built with a Go before 1.22: it takes RSA key exchange, and its hello fits into one packet. */
	readonly olderGo?: true;
	/** No image was named: any answer that shows a registry makes the path green. */
	readonly bare: boolean;
	readonly via: 'upstream' | 'mirror';
	readonly origin: 'configured' | 'default' | 'discovered';
	readonly endpoint: Endpoint;
	/** The path before `/<repository>/manifests/…`, without a slash at the end: `/v2`, `/prefix/v2`. */
	readonly root: string;
	/** Value of `?ns=`, which containerd sends to hosts other than the image's own. */
	readonly namespace?: string;
	/** Headers that the node's configuration adds to requests to the registry, and to the token service that it names itself. */
	readonly headers: Readonly<Record<string, string>>;
	readonly capabilities: readonly ('pull' | 'resolve')[];
	/** The runtime would not come to this host whatever becomes of the others: it says nothing about a pull. */
	readonly unasked: boolean;
	/** Seconds that the runtime gives a connection, where the node says so. */
	readonly dialTimeout?: number;
	/** Seconds between attempts. */
	readonly interval: number;
	/** Seconds for each stage. */
	readonly timeout: number;
	/** Seconds for the whole attempt. */
	readonly attemptTimeout: number;
	/** Used for every host that `noProxy` does not except; absent: all hosts are reached directly. */
	readonly proxy?: Proxy;
	/** The text of NO_PROXY, read by the rules of golang.org/x/net/http/httpproxy. */
	readonly noProxy: string;
	/** PEM files whose certificates are trusted beside the node's bundle. */
	readonly cas: readonly TargetFile[];
	readonly clientCertificates: readonly TargetClientCertificate[];
	/** Why the node's runtime fails at this host before any network; nothing is sent then. */
	readonly unusable?: string;
	/** Certificates are not verified. */
	readonly insecure: boolean;
	/** When the registry answers in plain HTTP instead of TLS, the path goes on in plain HTTP, as containerd does. */
	readonly plainHttpFallback?: boolean;
	/** Where the path begins again in plain HTTP when the first request over TLS gets no answer, as CRI-O does. */
	readonly plainHttp?: Endpoint;
	readonly credentials: CredentialReference;
	readonly blob?: BlobWish;
	/** Whether a GET of a manifest may be sent. */
	readonly manifestGet: boolean;
	/** Share of the quota (0 to 1) under which nothing is sent that counts or moves bytes. */
	readonly floor: number;
	readonly source: { readonly file: string; readonly line?: number };
}
