import type { CrioFacts } from '../../node/crio/facts.ts';
import type { Endpoint } from '../../registry/endpoint.ts';
import { readHostPort } from '../../registry/hostPort.ts';
import type { PullHost } from '../pullHost.ts';
import type { Physical } from './physical.ts';

/** A host as CRI-O tries it. */
export interface CrioHost extends PullHost {
	/**
	 * Where CRI-O goes on in plain HTTP when the first request over TLS fails, for whatever reason: port 80 unless a port
	 * is written. Present where `plainHttpFallback` is set.
	 */
	readonly plainHttp?: Endpoint;
}

/**
 * The host of one place, for an image whose repository is `repository`
 * (https://github.com/containers/container-libs/blob/main/image/docker/docker_client.go).
 */
export function hostAt(place: Physical, repository: string, { certificates }: CrioFacts): CrioHost {
	const { reference, insecure, via, source } = place;
	// The directory has the name that images have, also for Docker Hub.
	const own = certificates.get(reference.domain);
	const { hostname, port } = dialled(reference.domain);
	return {
		endpoint: { scheme: 'https', hostname, port: port ?? 443 },
		root: '/v2',
		via,
		...(reference.repository !== repository && { repository: reference.repository }),
		// The first host that has the manifest is asked for all the rest too.
		capabilities: ['pull', 'resolve'],
		headers: {},
		cas: own?.cas ?? [],
		clientCertificates: own?.clients ?? [],
		insecure,
		plainHttpFallback: insecure,
		...(insecure && { plainHttp: { scheme: 'http', hostname, port: port ?? 80 } }),
		...(own?.unusable !== undefined && { unusable: own.unusable }),
		source,
	};
}

function dialled(domain: string): { readonly hostname: string; readonly port?: number } {
	if (domain === 'docker.io') return { hostname: 'registry-1.docker.io' };
	// A reference's domain is one that can be dialled.
	return readHostPort(domain) ?? { hostname: domain };
}
