import type { Secret } from '../../registry/secret.ts';
import type { NodeFault, Place } from '../fault.ts';
import type { CaFile, ClientFiles, Header, Mistyped, RegistryRoot, Setting } from './hostFacts.ts';

export type * from './hostFacts.ts';

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
