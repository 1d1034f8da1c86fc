import type { Endpoint } from './endpoint.ts';
import { readHostPort } from './hostPort.ts';
import { ipBytes, isLoopback } from './ipAddress.ts';

/** Where a registry's own host is reached, and how containerd treats it without any configuration. */
export interface Upstream {
	readonly endpoint: Endpoint;
	/** The certificate is not verified: containerd trusts whatever runs on the node itself. */
	readonly insecure: boolean;
	/** When the host answers in plain HTTP instead of TLS, the runtime goes on in plain HTTP. */
	readonly plainHttpFallback: boolean;
}

/**
 * The upstream of a registry's name, as containerd chooses it for a host without hosts.toml
 * (https://github.com/containerd/containerd/blob/main/core/remotes/docker/config/hosts.go): `docker.io` is
 * `registry-1.docker.io`, any other name is itself, over https. `localhost` and loopback addresses are https without
 * verification; with a port other than 443 also plain http when that is what answers; with port 80 plain http only.
 * `domain` is `Reference.domain`; throws `RangeError` for a text that is no host.
 */
export function upstreamOf(domain: string): Upstream {
	if (domain === 'docker.io') return https('registry-1.docker.io', 443);
	const host = readHostPort(domain);
	if (!host) throw new RangeError('not a host with an optional port');
	const { hostname, port } = host;
	// Go takes `[::1]` without a port for a name, not for an address.
	if (!isLocal(hostname) || domain.endsWith(']')) return https(hostname, port ?? 443);
	if (port === 80) return { endpoint: { scheme: 'http', hostname, port }, insecure: false, plainHttpFallback: false };
	const plainHttpFallback = port !== undefined && port !== 443;
	return { endpoint: { scheme: 'https', hostname, port: port ?? 443 }, insecure: true, plainHttpFallback };
}

/** The endpoint of `upstreamOf`. */
export function upstreamEndpoint(domain: string): Endpoint {
	return upstreamOf(domain).endpoint;
}

/** Whether a host is `localhost` or a loopback address; `hostname` as in `Endpoint`. */
export function isLocal(hostname: string): boolean {
	const bytes = ipBytes(hostname);
	return bytes ? isLoopback(bytes) : hostname === 'localhost';
}

/** Public registries that many share: they are asked less often, so that a fleet of probes is no burden. */
export const wellKnownPublic: ReadonlySet<string> = new Set([
	'docker.io',
	'registry-1.docker.io',
	'registry.k8s.io',
	'k8s.gcr.io',
	'quay.io',
	'ghcr.io',
	'gcr.io',
	'us.gcr.io',
	'eu.gcr.io',
	'asia.gcr.io',
	'public.ecr.aws',
	'mcr.microsoft.com',
	'registry.gitlab.com',
	'registry.access.redhat.com',
	'registry.redhat.io',
	'cgr.dev',
	'nvcr.io',
]);

/** The registries that are probed when nothing is configured. */
export const defaultRegistries: readonly string[] = ['docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io'];

/** The layer of docker.io/library/hello-world (2,459 bytes): a GET of it does not count as a pull. */
export const defaultDockerHubBlob = 'sha256:c1ec31eb59444d78df06a974d155e597c894ab4cda84f08294145e845394988e';

/** Whether a registry's name or a host belongs to Docker Hub, where every GET of a manifest counts as a pull. */
export function isDockerHub(host: string): boolean {
	const hostname = host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
	return hostname === 'registry.hub.docker.com' || /(?:^|\.)docker\.io$/.test(hostname);
}

function https(hostname: string, port: number): Upstream {
	return { endpoint: { scheme: 'https', hostname, port }, insecure: false, plainHttpFallback: false };
}
