import type { Secret } from '../../registry/secret.ts';
import type { Place } from '../fault.ts';

/** A value with the place where it stands. */
export interface Setting<T> {
	readonly value: T;
	readonly place: Place;
}

/** A value of a type that its reader refuses. */
export interface Mistyped {
	readonly place: Place;
	readonly why: string;
}

/** A header that the node adds. Its values may be secrets. */
export interface Header {
	readonly name: string;
	readonly values: readonly Secret[];
	readonly place: Place;
}

/** A PEM file with certificates to trust. */
export interface CaFile {
	readonly path: string;
	readonly place: Place;
	/** Why containerd cannot load it. */
	readonly problem?: string;
	/** It loads in hosts.toml only when a certificate is in it; older settings take an empty one without a word. */
	readonly empty?: true;
}

/** A client certificate and its key; the same path where one file holds both. */
export interface ClientFiles {
	readonly certificate: string;
	readonly key: string;
	readonly place: Place;
	/** Why containerd cannot load them. */
	readonly problem?: string;
}

/** A directory of directories, one for each registry. */
export interface RegistryRoot {
	readonly path: string;
	/** By name, as the directory is called: `docker.io`, `registry.example:5000`, `registry.example_5000_`, `_default`. */
	readonly directories: ReadonlyMap<string, HostDirectory>;
}

/** What a node says about one registry. */
export interface HostDirectory {
	readonly path: string;
	/** What makes pulls of that registry fail, to go on its name: `is no directory`. */
	readonly unfit?: string;
	/** Absent where there is none or where it is empty. */
	readonly hostsFile?: HostsFile;
	/** Files of Docker's layout, which count where hosts.toml does not. */
	readonly docker: DockerLayout;
}

/** `*.crt`, and `*.cert` with `*.key` beside it (https://docs.docker.com/engine/security/certificates/). */
export interface DockerLayout {
	readonly cas: readonly CaFile[];
	readonly clients: readonly ClientFiles[];
}

/** A hosts.toml (https://github.com/containerd/containerd/blob/main/docs/hosts.md). */
export interface HostsFile {
	readonly file: string;
	/** Absent when the agent may not read the file. */
	readonly content?: HostsContent | Mistyped;
}

/** What a hosts.toml says. */
export interface HostsContent {
	readonly server?: Setting<string>;
	/** Keys outside of any host: they belong to the server. */
	readonly root: HostSettings;
	/** By URL as written, in the order of appearance. */
	readonly hosts: ReadonlyMap<string, HostSettings>;
	/** `host` is there as a table, if only as an empty one. */
	readonly hasHosts: boolean;
	/**
	 * The second keys of the headers `[host."…"]`, neighbours that repeat left out. containerd 2 orders by them, and so
	 * neither sees a host without a header nor notices one that it has seen further above.
	 */
	readonly headed: readonly string[];
	/** A header with a bracket in one of its keys, quoted as it may be: an IPv6 address. containerd 1 cannot read it. */
	readonly bracketed?: Place;
}

/** What hosts.toml says about one host. */
export interface HostSettings {
	readonly place: Place;
	/** Where a person wrote it, when the file is generated. */
	readonly origin?: Place;
	/** As written; none means all. */
	readonly capabilities: readonly Setting<string>[];
	readonly overridePath: boolean;
	/** An empty list is more than none: containerd takes it for a TLS setting. */
	readonly cas?: readonly CaFile[];
	readonly clients?: readonly ClientFiles[];
	readonly skipVerify?: boolean;
	readonly headers: readonly Header[];
	/** In seconds; undefined for what is no duration. */
	readonly dialTimeout?: Setting<number | undefined>;
	/** Pattern and replacement for the repository, of k3s and RKE2. */
	readonly rewrites: readonly Rewrite[];
	/** What makes containerd refuse the whole file once it comes to this host. */
	readonly refusal?: Mistyped;
}

/** A regular expression of Go and what takes the place of its matches. */
export interface Rewrite {
	readonly pattern: string;
	readonly replacement: string;
	readonly place: Place;
}
