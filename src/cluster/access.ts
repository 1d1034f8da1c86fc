import type { Secret } from '../registry/secret.ts';

/** What a request to the API server presents, and what it trusts. */
export interface Identity {
	readonly token: Secret;
	/** PEM certificates, one of which must have issued the server's. */
	readonly ca: string;
}

/**
 * How the API server is reached. `inClusterAccess` makes one from a pod's service account; whatever else knows a server,
 * a token and a CA, as a kubeconfig does, can make another.
 */
export interface ApiAccess {
	/** `https://10.96.0.1:443`. */
	readonly server: URL;
	/** Asked before each request, because tokens and CAs are replaced while the agent runs. Rejects with `ApiFailure`. */
	readonly identity: () => Promise<Identity>;
	/** What the server says, without the tokens that it was shown lately, nor what `also` was shown to it. */
	readonly conceal: (text: string, also?: readonly string[]) => string;
}
