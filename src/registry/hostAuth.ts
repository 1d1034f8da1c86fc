import { decodeAuth } from './dockerAuth.ts';
import type { Login, Secret } from './secret.ts';

/**
 * The login that containerd itself holds for a host, from `registry.configs."HOST".auth` of its configuration
 * (https://github.com/containerd/containerd/blob/main/docs/cri/registry.md). It is used only for pulls that come
 * without any login.
 */
export interface HostAuth {
	/** The host as it is dialled, with the port where one is written: `registry-1.docker.io`. */
	readonly host: string;
	readonly username?: Secret;
	readonly password?: Secret;
	/** A token for the token service. Used only without `username`. */
	readonly identityToken?: Secret;
	/** base64 of `user:password`. Used only without the others. */
	readonly auth?: Secret;
}

/** The login for a host, `host` or `host:port` as in `hostOf`; an identity token is none. */
export function hostLogin(auths: readonly HostAuth[], host: string): Login | undefined {
	const found = auths.find((auth) => auth.host === host);
	if (!found) return undefined;
	const { username, password, identityToken, auth } = found;
	const user = username?.reveal() ?? '';
	if (user !== '') return password && { username: user, password };
	return identityToken ? undefined : auth && decodeAuth(auth.reveal());
}
