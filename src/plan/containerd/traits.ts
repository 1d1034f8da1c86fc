import { hasSince } from '../../registry/version.ts';

/**
 * What changed between versions of containerd: for each rule the first release that follows it, on every branch that
 * got it. Sources are the tags of https://github.com/containerd/containerd and, where it says so, measurements.
 */
const since = {
	/** A hosts.toml without any `[host]` is read; measured at 1.6.20 and 1.7.35. `remotes/docker/config/hosts.go` */
	serverAlone: ['1.7.32', '2.0.0'],
	/** An `http://` host with a TLS setting, and localhost, are tried with TLS first. `remotes/docker/config/hosts.go` */
	tlsFirst: ['1.6.25', '1.7.7', '2.0.0'],
	/** `dial_timeout` is obeyed; measured at 1.7.35, 2.2.9 and 2.4.2. `core/remotes/docker/config/hosts.go` */
	dialTimeout: ['2.0.7', '2.1.0'],
	/** The capability `referrers` is known. `core/remotes/docker/config/hosts.go` */
	referrers: ['2.2.0'],
	/** Hosts stand in the order of the headers, not of the tables. `core/remotes/docker/config/hosts.go` */
	orderByHeaders: ['2.0.0'],
	/** A header may hold a bracket in quotes; tried with 1.6.20, 1.7.35 and 2.4.2. github.com/pelletier/go-toml, lexer.go */
	readsBrackets: ['2.0.0'],
	/** Pulls go through the transfer service unless a setting stands against it. `internal/cri/config/config.go` */
	transfer: ['2.1.0'],
	/** Two directories are looked into where nothing is named; measured at 2.4.2. `internal/cri/config/config_unix.go` */
	defaultDirectories: ['2.2.0'],
	/** … but not beside `registry.mirrors`, which before made containerd refuse both. `plugins/cri/images/plugin.go` */
	mirrorsBesideDefault: ['2.2.2'],
	/** Sections of several files are merged key by key, not replaced. `cmd/containerd/server/config/config.go` */
	mergedSections: ['2.0.0'],
	/** Older files are converted, and version 3 is known. `cmd/containerd/server/config/config.go` */
	converts: ['2.0.0'],
	/** Version 4 of the file. `version/version.go` */
	version4: ['2.3.0'],
	/** A file of a version that is too new is refused instead of read in part. `services/server/config/config.go` */
	refusesNewer: ['1.7.17', '2.0.0'],
	/** `image_pull_progress_timeout` is known. `pkg/cri/config/config.go` */
	progressTimeout: ['1.7.0'],
	/** `registry.configs.*.tls` is gone. `internal/cri/config/config.go` */
	withoutLegacyTls: ['2.0.0'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A rule that only some versions of containerd follow. */
export type Trait = keyof typeof since;

/** Whether a version follows a rule; a text that is no version counts as the newest. */
export function has(version: string, trait: Trait): boolean {
	return hasSince(version, since[trait]);
}
