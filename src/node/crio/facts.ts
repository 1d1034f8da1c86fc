import type { NodeFault, Place } from '../fault.ts';

/** A value with the place that gave it. */
export interface Placed<T> {
	readonly value: T;
	readonly source: Place;
}

/** One `[[registry.mirror]]`. */
export interface CrioMirror {
	/** `host[:port][/path]`, in place of the registry's prefix. */
	readonly location: string;
	/** TLS without verification, and plain HTTP where that fails. */
	readonly insecure: boolean;
	/** Which references it is asked for; `mirror-by-digest-only` of the registry is already in it. */
	readonly pull: 'all' | 'digest-only' | 'tag-only';
	readonly source: Place;
}

/** One `[[registry]]`, as containers-registries.conf(5) has it; of version 1 what it is turned into. */
export interface CrioRegistry {
	/** `host[:port][/path]` or `*.example.com`, compared with the image's name without tag and digest. */
	readonly prefix: string;
	/** What stands in place of the prefix in requests; empty (only below a wildcard): nothing is replaced. */
	readonly location: string;
	readonly insecure: boolean;
	readonly blocked: boolean;
	/** In the order of the file, which is the order of the requests. */
	readonly mirrors: readonly CrioMirror[];
	readonly source: Place;
	/** Where `blocked` is set. */
	readonly blockedAt: Place;
}

/** What registries.conf and its drop-ins say together. */
export interface RegistriesFacts {
	/** In the order of their prefixes, each prefix once. */
	readonly registries: readonly CrioRegistry[];
	/** `unqualified-search-registries`: `host[:port]` each. */
	readonly search?: Placed<readonly string[]>;
	/** Short name → repository with its registry; an empty text takes an alias back. */
	readonly aliases: ReadonlyMap<string, Placed<string>>;
	/** `short-name-mode`; CRI-O has a setting of its own and does not look at this one. */
	readonly shortNameMode?: Placed<string>;
	/** `credential-helpers`: names of `docker-credential-…` programs, `containers-auth.json` among them. */
	readonly credentialHelpers?: Placed<readonly string[]>;
	/** The configuration is refused as a whole, so that every pull fails: why, for people. */
	readonly unusable?: Placed<string>;
	/** The file that was read first, for what no line stands for. */
	readonly source: Place;
}

/** Aliases that container tools record on their own; they stand before those of registries.conf. */
export interface RecordedAliases {
	readonly aliases: ReadonlyMap<string, Placed<string>>;
	/** The file is refused, so that every pull of a short name fails: why, for people. */
	readonly unusable?: Placed<string>;
}

/** The settings of `[crio.image]` that bear on pulls; absent where neither crio.conf nor a drop-in sets them. */
export interface CrioSettings {
	readonly globalAuthFile?: Placed<string>;
	readonly namespacedAuthDir?: Placed<string>;
	readonly pauseImage?: Placed<string>;
	readonly pauseImageAuthFile?: Placed<string>;
	readonly pinnedImages?: Placed<readonly string[]>;
	/** Seconds; 0 is no limit. */
	readonly pullProgressTimeout?: Placed<number>;
	/** Obeyed by older versions only: `host[:port]` or CIDR. */
	readonly insecureRegistries?: Placed<readonly string[]>;
	/** Obeyed by no version that is still in use. */
	readonly registries?: Placed<readonly string[]>;
	readonly shortNameMode?: Placed<string>;
	/** Whether changes of registries.conf.d apply without SIGHUP. */
	readonly autoReloadRegistries?: Placed<boolean>;
}

/** What certs.d holds for one host, as paths on the node. */
export interface HostCertificates {
	/** `host[:port]` as it stands in image references. */
	readonly host: string;
	readonly directory: string;
	/** Files that hold at least one certificate. */
	readonly cas: readonly string[];
	readonly clients: readonly { readonly certificate: string; readonly key: string }[];
	/** CRI-O fails at this host before any request: why, for people. */
	readonly unusable?: string;
}

/** All that a node says about CRI-O's pulls. Plain data without secrets. */
export interface CrioFacts {
	/** Whether crio.conf or a drop-in of it is there. */
	readonly present: boolean;
	readonly registries: RegistriesFacts;
	readonly recorded: RecordedAliases;
	readonly settings: CrioSettings;
	/** By `host[:port]`. */
	readonly certificates: ReadonlyMap<string, HostCertificates>;
	readonly faults: readonly NodeFault[];
}
