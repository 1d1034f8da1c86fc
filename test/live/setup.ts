import type { DnsAnswer } from '../fakes/dns.ts';
import type { Override } from '../fakes/http.ts';
import type { Misbehaviour } from '../fakes/misbehaving.ts';
import type { Authority } from '../fakes/authority.ts';

/** How a server is that listens under a name of its own. Default: a healthy registry that the node trusts, on port 443. */
export interface Wish {
	readonly serves?: 'registry' | 'token' | 'blobs' | 'proxy';
	/** Who vouches for its certificate. Default: an authority in the node's bundle. */
	readonly certificate?: 'private' | 'self-signed' | 'expired' | 'other name';
	/** It lets only those in who show a certificate of the private authority. */
	readonly asksCertificate?: true;
	readonly plain?: true;
	readonly port?: number;
	/** Default: one of its own. */
	readonly address?: string;
	/** Whom the registry or the proxy lets in; `token` is the name of the token service. Default: everybody. */
	readonly auth?: 'basic' | { readonly token: string };
	/** Where the registry's API begins. Default: `/v2`. */
	readonly root?: string;
	/** The name of the host that the registry sends its clients to for blobs. */
	readonly blobsAt?: string;
	/** Answers in place of the server's own. */
	readonly respond?: Override;
	/** Done to each connection before any HTTP. */
	readonly connection?: Misbehaviour;
}

/** `refused`: the name has an address at which nobody listens; `dropped`: at which no SYN is answered. */
export type Host = Wish | 'refused' | 'dropped';

/** What the files of a node are written from. */
export interface Given {
	/** Of containerd: `1.6.20`. */
	readonly version: string;
	/** Vouches for servers, and is not in the node's bundle. */
	readonly privateAuthority: Authority;
}

/** A client's login, right everywhere where one is asked for. */
export const login = { user: 'kubelet', password: 'right horse' };

/** Servers and a node, in words and as they are built. */
export interface Setup {
	readonly name: string;
	/** In words, for the records. */
	readonly says: string;
	/** Default: `registry.test/team/app:1`. */
	readonly image?: string;
	/** By name. Default: one healthy `registry.test`. A name that is not here does not exist. */
	readonly hosts?: Readonly<Record<string, Host>>;
	/** In place of the addresses of the hosts. */
	readonly names?: Readonly<Record<string, DnsAnswer>>;
	/** Files of the node, by path. */
	readonly files?: (given: Given) => Promise<Files> | Files;
	/** Value of `config_path` in containerd's configuration; `null`: it is not written. Default: the usual directory. */
	readonly configPath?: string | null;
	/** What stands below the registry section of containerd's configuration; `$` is the section's name. */
	readonly registrySection?: string;
	/** The environment of the runtime. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Who pulls has a login, and the probe is configured with it: `wrong` has another password. */
	readonly login?: 'right' | 'wrong';
	/** The probe uses the login that the node has. */
	readonly nodeLogin?: true;
	/** Runtimes that it says something about. Default: every containerd. */
	readonly only?: (runtime: { readonly name: string; readonly version: string }) => boolean;
	/** The probe sees the processes of the node, and is not told which runtime it has. */
	readonly detected?: true;
}

/** Text by path on the node. */
export type Files = Readonly<Record<string, string>>;

export const certsDirectory = '/etc/containerd/certs.d';

/** A hosts.toml for `registry.test` or another directory. */
export function hostsToml(lines: string | readonly string[], name = 'registry.test'): () => Files {
	return () => ({ [`${certsDirectory}/${name}/hosts.toml`]: `${[lines].flat().join('\n')}\n` });
}

/** Lines of hosts.toml for hosts that are asked in this order, each with these keys. */
export function hostLines(names: readonly string[], ...keys: readonly string[]): string[] {
	return names.flatMap((name) => [`[host."https://${name}"]`, 'capabilities = ["pull", "resolve"]', ...keys]);
}
