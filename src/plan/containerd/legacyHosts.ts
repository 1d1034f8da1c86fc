import type { CriSettings, LegacyEndpoint, LegacyRegistry } from '../../node/containerd/facts.ts';
import type { NodeFault, Place } from '../../node/fault.ts';
import { isLocal } from '../../registry/hosts.ts';
import { readHostPort } from '../../registry/hostPort.ts';
import { quotedLocation } from '../../registry/quotable.ts';
import { printable } from '../../registry/redact.ts';
import { type Candidate, type Candidates, ownHost } from './candidate.ts';
import { joined, readHostUrl } from './hostUrl.ts';
import { has } from './traits.ts';

const capabilities = new Set(['pull', 'resolve']);

/**
 * The hosts that `registry.mirrors` gives, which count where no directory is named and pulls do not go through the
 * transfer service (`registryEndpoints`,
 * https://github.com/containerd/containerd/blob/main/internal/cri/server/images/image_pull.go). Without any mirror this
 * is the registry's own host, for localhost in plain HTTP.
 */
export function legacyCandidates(settings: CriSettings | undefined, domain: string, version: string): Candidates {
	const mirror = settings?.mirrors.get(domain) ?? settings?.mirrors.get('*');
	const candidates: Candidate[] = [];
	for (const endpoint of mirror?.endpoints ?? []) {
		const url = readHostUrl(withDefaultScheme(endpoint.value));
		if (!url) return refusal(endpoint);
		const config = has(version, 'withoutLegacyTls') ? undefined : settings?.configs.get(url.host);
		const root = url.path === '' ? '/v2' : joined(url.path);
		candidates.push({ ...candidateOf(config, endpoint.origin ?? endpoint.place, version), url, root });
	}
	if (candidates.some(({ url }) => url?.host === domain)) return { candidates, faults: unpaired(candidates) };
	const host = domain === 'docker.io' ? 'registry-1.docker.io' : domain;
	const config = has(version, 'withoutLegacyTls') ? undefined : settings?.configs.get(host);
	const url = readHostUrl(withDefaultScheme(host));
	const own = { ...candidateOf(config, mirror?.place ?? config?.place, version), ...(url ? { url } : {}) };
	return { candidates: [...candidates, own], faults: unpaired([...candidates, own]) };
}

function refusal({ value, place }: LegacyEndpoint): Candidates {
	const what = quotedLocation(value, 'it is not shown');
	const detail = `An endpoint is no URL (${what}): containerd pulls nothing from this registry.`;
	return { candidates: [], refused: detail, faults: [{ ...place, fault: 'setting_invalid', detail }] };
}

function candidateOf(config: LegacyRegistry | undefined, source: Place | undefined, version: string): Candidate {
	const { ca, client, insecureSkipVerify } = config?.tls ?? { insecureSkipVerify: false };
	return {
		...ownHost(version),
		capabilities,
		// Here plain HTTP stays plain HTTP, whatever is set for TLS.
		tlsFirst: false,
		...(ca ? { cas: [ca] } : {}),
		...(client ? { clients: [client] } : {}),
		...(insecureSkipVerify ? { skipVerify: true } : {}),
		refusesEmptyCa: false,
		...(source ? { source } : {}),
	};
}

/** A CA file without any certificate does no harm here, and no good. */
function unpaired(candidates: readonly Candidate[]): NodeFault[] {
	const empty = candidates.flatMap(({ cas = [] }) => cas.filter((ca) => ca.empty));
	return empty.map(({ path, place }) => {
		return { ...place, fault: 'certificate_unusable', detail: `No certificate is in ${printable(path)}.` };
	});
}

function withDefaultScheme(endpoint: string): string {
	if (endpoint.includes('://')) return endpoint;
	const host = readHostUrl(`dummy://${endpoint}`)?.host ?? '';
	return `${isLocalhost(host) ? 'http' : 'https'}://${endpoint}`;
}

function isLocalhost(host: string): boolean {
	const address = readHostPort(host);
	return address !== undefined && isLocal(address.hostname);
}
