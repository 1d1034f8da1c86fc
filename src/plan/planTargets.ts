import type { DiscoveredRegistry } from '../cluster/discovery.ts';
import type { Config, RegistrySettings } from '../config/config.ts';
import { hostOf } from '../registry/endpoint.ts';
import { defaultRegistries, isDockerHub, wellKnownPublic } from '../registry/hosts.ts';
import type { Reference } from '../registry/reference.ts';
import { labelsOf } from './hostLabel.ts';
import { hostsOf, type PlannedHost } from './hostsOf.ts';
import { blobOf, type Wish, wishOf } from './image.ts';
import { type NodeRules, silentNode } from './nodeRules.ts';
import { hasOlderGo } from './olderGo.ts';
import type { CredentialReference, Target } from './target.ts';
import { wayTo } from './wayTo.ts';

/** Seconds between attempts on registries that many share. */
const publicInterval = 300;
/** Share of a quota that is left to the pods of the node. */
const defaultFloor = 0.1;

/**
 * What is probed: the configured registries, or the well-known public ones where none are configured; and those that were
 * discovered beside them. Pure.
 */
export function planTargets(
	config: Config,
	rules: NodeRules = silentNode,
	discovered: readonly DiscoveredRegistry[] = [],
): readonly Target[] {
	const named = config.registries
		? config.registries.flatMap((entry) => planEntry(entry, config, rules, 'configured'))
		: defaultRegistries.flatMap((name) => planEntry(unconfigured(name, config), config, rules, 'default'));
	return [...named, ...planDiscovered(discovered, named, config, rules)];
}

/**
 * Registries that pods use and the configuration does not speak of. Pods have pull secrets of their own and names that are
 * mistyped, so that every answer that shows a registry will do, and no layer is read of what others pay for.
 */
function planDiscovered(
	discovered: readonly DiscoveredRegistry[],
	named: readonly Target[],
	config: Config,
	rules: NodeRules,
): readonly Target[] {
	const taken = new Set(named.flatMap(({ registry, image }) => [registry, image.domain]));
	return discovered
		.filter(({ registry }) => !taken.has(registry))
		.flatMap(({ registry, image }) => {
			const { credentials } = config.discovery;
			const source = { file: 'pods of this node' };
			const entry = { ...unconfigured(registry, config), credentials: { source: credentials }, source };
			return planEntry(entry, config, rules, 'discovered', { image, bare: true });
		});
}

/** What holds for a registry that no entry of the configuration names. */
export function unconfigured(name: string, { proxy, noProxy }: Config): RegistrySettings {
	return { name, credentials: { source: 'anonymous' }, proxy, noProxy, source: { file: 'built-in defaults' } };
}

/**
 * One entry as targets, in the order in which the node's runtime would ask them: what the entry does not say follows
 * from its registry and from the node. `wish` stands in the place of the entry's own image.
 */
export function planEntry(
	entry: RegistrySettings,
	config: Config,
	rules: NodeRules,
	origin: Target['origin'],
	wish: Wish = wishOf(entry),
): readonly Target[] {
	const { name } = entry;
	const hosts = hostsOf(entry, wish.image, rules, config.discovery);
	const labels = labelsOf(hosts, wish.image);
	return hosts.map((planned, at) => {
		const host = labels[at] ?? hostOf(planned.endpoint);
		const asked = askedOf(entry, wish, planned);
		const reached = { ...reachedAt(entry, planned, rules), ...wayTo(entry, planned.endpoint, rules) };
		const { client, runtime } = rules;
		return {
			id: `${name} ${host}`,
			registry: name,
			host,
			...wish,
			origin,
			client,
			...(hasOlderGo(runtime) && { olderGo: true }),
			...asked,
			...reached,
			...paceOf(entry, config, wish.image),
		};
	});
}

/** How the host is dialled, trusted and addressed. */
function reachedAt(entry: RegistrySettings, host: PlannedHost, { client }: NodeRules) {
	const { endpoint, root, via, namespace, headers, capabilities, plainHttpFallback, dialTimeout } = host;
	const { plainHttp, unusable } = host;
	const { ca } = entry;
	// Whoever names a CA or wants verification means it, on this machine too.
	const insecure = entry.insecure ?? (host.insecure && ca === undefined);
	return {
		endpoint,
		root,
		via,
		headers,
		capabilities,
		insecure,
		unasked: host.unasked,
		cas: [...(ca === undefined ? [] : [{ file: ca, of: 'agent' as const }]), ...host.cas.map(onNode)],
		clientCertificates: host.clientCertificates.map(({ certificate, key }) => ({
			certificate: onNode(certificate),
			key: onNode(key),
		})),
		credentials: credentialsAt(entry, via, client),
		...(namespace !== undefined && { namespace }),
		...(plainHttpFallback && { plainHttpFallback }),
		...(plainHttp && { plainHttp }),
		...(dialTimeout !== undefined && { dialTimeout }),
		...(unusable !== undefined && { unusable }),
		source: sourceOf(entry, host),
	};
}

/**
 * CRI-O shows a login to the image's own registry only. containerd shows it to every host that asks; the mirrors of the
 * node get none here that was meant for the registry.
 */
function credentialsAt(
	{ credentials, endpoint }: RegistrySettings,
	via: Target['via'],
	client: Target['client'],
): CredentialReference {
	if (via === 'upstream' || endpoint !== undefined) return credentials;
	if (client === 'cri-o') return { source: 'anonymous' };
	return credentials.source === 'file' ? { ...credentials, ownHost: true } : credentials;
}

const onNode = (file: string) => ({ file, of: 'node' as const });

/** The line that brought this host in: the node's, where the node names it. */
function sourceOf({ source }: RegistrySettings, host: PlannedHost): Target['source'] {
	return host.source.file.startsWith('/') ? host.source : source;
}

/** What is asked for there, and what may be. */
function askedOf(entry: RegistrySettings, wish: Wish, { endpoint, repository }: PlannedHost) {
	// Every GET of a manifest counts as a pull there, also through a mirror.
	const counted = [entry.name, wish.image.domain, hostOf(endpoint)].some(isDockerHub);
	const manifestGet = !counted && entry.manifestGet !== false;
	const blob = blobOf(entry, wish, manifestGet);
	return { repository: repository ?? wish.image.repository, manifestGet, ...(blob && { blob }) };
}

function paceOf(entry: RegistrySettings, config: Config, image: Reference) {
	const { timeout, attemptTimeout } = config;
	const shared = wellKnownPublic.has(entry.name) || wellKnownPublic.has(image.domain);
	const interval = entry.interval ?? (shared ? publicInterval : config.interval);
	return { interval, timeout, attemptTimeout, floor: entry.floor ?? defaultFloor };
}
