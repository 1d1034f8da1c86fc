import type { Secret } from '../../registry/secret.ts';
import type { NodeFault, Place } from '../fault.ts';

/** A value with the place where it stands. */
export interface Setting<T> {
	readonly value: T;
	readonly place: Place;
}

/** What a node says about containerd's pulls, before any rule of a version is applied. */
export interface ContainerdFacts {
	/** Whose installation it is: `k3s`, `Talos`, … */
	readonly installation: string;
	/** The main configuration file, also where there is none: containerd then runs with its defaults. */
	readonly configuration: string;
	/** Whether containerd here obeys `rewrite` of hosts.toml: the build of k3s and RKE2 does. */
	readonly rewrites: boolean;
	/** The main file, if there is one, and the files that it imports, in the order in which containerd loads them. */
	readonly files: readonly ConfigFile[];
	/** The directories with a directory for each registry, by the path as written, which may be relative to `/`. */
	readonly registryRoots: ReadonlyMap<string, RegistryRoot>;
	/** Every file and directory that was looked at, there or not: to be watched for changes. */
	readonly paths: readonly string[];
	/** What could not be read, whatever the version. */
	readonly faults: readonly NodeFault[];
}

/** One file of containerd's own configuration (https://github.com/containerd/containerd/blob/main/docs/man/containerd-config.toml.5.md). */
export interface ConfigFile {
	readonly file: string;
	/** 0 where the file does not say; containerd reads it as 1. */
	readonly version: Setting<number>;
	/** By the name of the plugin, as written: `cri`, `io.containerd.grpc.v1.cri`, `io.containerd.cri.v1.images`. */
	readonly sections: ReadonlyMap<string, CriSettings>;
}

/** What one section of one file says about pulling images. */
export interface CriSettings {
	readonly place: Place;
	/** A value of a type that containerd refuses; it refuses the section with it. */
	readonly mistyped?: Mistyped;
	readonly configPath?: Setting<string>;
	readonly useLocalImagePull?: Setting<boolean>;
	readonly maxConcurrentDownloads?: Setting<number>;
	/** In seconds; undefined for what is no duration. */
	readonly imagePullProgressTimeout?: Setting<number | undefined>;
	readonly imagePullWithSyncFs?: Setting<boolean>;
	readonly discardUnpackedLayers?: Setting<boolean>;
	readonly disableSnapshotAnnotations?: Setting<boolean>;
	/** `containerd.runtimes` is there: without it containerd 2 leaves the two settings above behind when it converts a file. */
	readonly hasRuntimes: boolean;
	readonly mirrors: ReadonlyMap<string, LegacyMirror>;
	readonly configs: ReadonlyMap<string, LegacyRegistry>;
	/** Logins by URL, older still than `configs`. */
	readonly auths: ReadonlyMap<string, LegacyLogin>;
	/** Sent with every request to a registry. */
	readonly headers: readonly Header[];
}

/** A value of a type that its reader refuses. */
export interface Mistyped {
	readonly place: Place;
	readonly why: string;
}

/** `registry.mirrors."name"`. */
export interface LegacyMirror {
	readonly place: Place;
	readonly endpoints: readonly LegacyEndpoint[];
}

/** One endpoint of a mirror. */
export interface LegacyEndpoint extends Setting<string> {
	/** Where a person wrote it, when the file is generated. */
	readonly origin?: Place;
}

/** `registry.configs."host"`. */
export interface LegacyRegistry {
	readonly place: Place;
	readonly login?: LegacyLogin;
	readonly tls?: LegacyTls;
}

/** `registry.configs."host".auth`: https://github.com/containerd/containerd/blob/main/docs/cri/registry.md */
export interface LegacyLogin {
	readonly place: Place;
	readonly username?: Secret;
	readonly password?: Secret;
	/** Base64 of `user:password`. */
	readonly auth?: Secret;
	readonly identityToken?: Secret;
}

/** `registry.configs."host".tls`. */
export interface LegacyTls {
	readonly place: Place;
	readonly ca?: CaFile;
	readonly client?: ClientFiles;
	readonly insecureSkipVerify: boolean;
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
