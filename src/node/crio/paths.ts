/** Where CRI-O looks, as paths on the node. */
export interface CrioPaths {
	/** The home directory of the user that CRI-O runs as: its `.config/containers` stands before `/etc/containers`. */
	readonly home: string;
	/** `--registries-conf`, where CRI-O was started with it: only this file is read then, and it must exist. */
	readonly registriesConf?: string;
	/** `--registries-conf-dir`, likewise. */
	readonly registriesConfDir?: string;
	/** `--config`. */
	readonly crioConf: string;
	/** `--config-dir`. */
	readonly crioConfDir: string;
}

/** The paths of CRI-O as packages install it (crio(8), containers-registries.conf(5)). */
export const usualPaths: CrioPaths = {
	home: '/root',
	crioConf: '/etc/crio/crio.conf',
	crioConfDir: '/etc/crio/crio.conf.d',
};

export const registriesConf = '/etc/containers/registries.conf';
export const registriesConfDir = '/etc/containers/registries.conf.d';
/** Written by podman and others when a person has chosen a registry for a short name. */
export const recordedAliases = '/var/cache/containers/short-name-aliases.conf';
export const homeRegistriesConf = '.config/containers/registries.conf';
export const homeRegistriesConfDir = '.config/containers/registries.conf.d';

/** Directories with one directory per `host[:port]`, the one that is taken first; relative ones lie in the home. */
export const certificateDirectories = [
	'.config/containers/certs.d',
	'/etc/containers/certs.d',
	'/etc/docker/certs.d',
] as const;
