import type { Endpoint } from '../registry/endpoint.ts';
import type { Reference } from '../registry/reference.ts';
import type { ProxyUrl } from '../registry/proxyUrl.ts';
import type { ListenAddress } from './listen.ts';

/** The configuration with its defaults filled in. Durations are in seconds, sizes in bytes, shares between 0 and 1. */
export interface Config {
	/** As it was named on the command line; absent when the built-in defaults stand alone. */
	readonly file?: string;
	/** Every file that was read for it, the configuration file first: a change of one of them asks for a reload. */
	readonly files: readonly string[];
	readonly listen: ListenAddress;
	/** PEM files of the listener's certificate and key; absent: it speaks plain HTTP. */
	readonly tls?: ListenerTls;
	/** Who may read the page and the documents from elsewhere than this node: nobody, or whom the cluster lets. */
	readonly authentication: 'none' | 'kubernetes';
	readonly interval: number;
	readonly timeout: number;
	readonly attemptTimeout: number;
	readonly concurrency: number;
	readonly node: NodeSettings;
	readonly proxy: ProxyChoice;
	/** The text of NO_PROXY; in force where `proxy` is a URL. */
	readonly noProxy: string;
	/** Absent when the file has no list: then well-known public registries are probed. An empty list is none at all. */
	readonly registries?: readonly RegistrySettings[];
	readonly discovery: Discovery;
	readonly explain: ExplainSettings;
	readonly pullSecrets: PullSecretSettings;
	readonly cluster: ClusterSettings;
}

/** Paths, as this process sees them. */
export interface ListenerTls {
	readonly certificate: string;
	readonly key: string;
}

export interface NodeSettings {
	/** The value of the label `node`. */
	readonly name: string;
	/** The directory where the node's file system is. */
	readonly root: string;
	/** `auto`, or a runtime with its version: `containerd/2.4.2`. */
	readonly runtime: string;
	/** The value of the label `network`. */
	readonly network: 'host' | 'pod';
	/** Whether the programs of the kubelet's credential providers are run, or only listed. */
	readonly credentialProviders: 'list' | 'run';
}

/** What to find out from the node and the cluster. */
export interface Discovery {
	readonly mirrors: boolean;
	readonly images: boolean;
	readonly upstream: 'auto' | 'always' | 'never';
	/** Patterns of the registries of pods that are probed, and of those that are not. */
	readonly allow: readonly string[];
	readonly deny: readonly string[];
	/** Seconds for which a registry is probed that no pod uses any more. */
	readonly keep: number;
	/** The login for registries of pods. */
	readonly credentials: 'anonymous' | 'node';
	/** The directory with the token for the Kubernetes API. */
	readonly serviceAccount: string;
}

/** What is found out about pods whose images do not come, where the pods of this node are followed. */
export interface ExplainSettings {
	readonly pods: boolean;
	/** Whether such an image is probed on demand. */
	readonly probe: boolean;
}

/** Whose pull secrets are read and tried. */
export interface PullSecretSettings {
	/** Names of namespaces; none is opted in without being named. */
	readonly namespaces: readonly string[];
	/** Seconds for which what was read and tried stands. */
	readonly interval: number;
}

/** What is written to the cluster. */
export interface ClusterSettings {
	/** Events on pods whose image does not come, and on the node. */
	readonly events: boolean;
	/** The condition RegistriesReachable of the node. */
	readonly condition: boolean;
	/** Seconds for which a registry must fail until the condition says so. */
	readonly conditionAfter: number;
}

/** `node`: what the runtime of the node uses. `none`: every host is reached directly. */
export type ProxyChoice = { readonly kind: 'node' } | { readonly kind: 'none' } | ({ readonly kind: 'url' } & ProxyUrl);

/** Where the login for a registry comes from. */
export type CredentialChoice =
	| { readonly source: 'anonymous' }
	| { readonly source: 'node' }
	| { readonly source: 'file'; readonly file: string };

/** One entry of `registries`. What is absent is filled in when it is planned, because it depends on the registry. */
export interface RegistrySettings {
	/** The value of the label `registry`. */
	readonly name: string;
	readonly image?: Reference;
	readonly interval?: number;
	/** Share of the quota under which nothing is sent that counts or moves bytes. */
	readonly floor?: number;
	/** Upper bound of what is read of a layer; 0 switches the blob stage off. */
	readonly blobBytes?: number;
	readonly blobDigest?: string;
	readonly manifestGet?: boolean;
	readonly credentials: CredentialChoice;
	/** Only this host, instead of mirrors and upstream. */
	readonly endpoint?: Endpoint;
	readonly ca?: string;
	/** Whether certificates go unverified; absent: as the runtime does. */
	readonly insecure?: boolean;
	readonly proxy: ProxyChoice;
	readonly noProxy: string;
	readonly source: { readonly file: string; readonly line?: number };
}
