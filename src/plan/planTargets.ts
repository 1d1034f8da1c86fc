import type { Config, ProxyChoice, RegistrySettings } from '../config/config.ts';
import { hostOf } from '../registry/endpoint.ts';
import { defaultRegistries, isDockerHub, upstreamOf, wellKnownPublic } from '../registry/hosts.ts';
import type { Reference } from '../registry/reference.ts';
import { blobOf, wishOf } from './image.ts';
import type { Proxy, Target } from './target.ts';

/** Seconds between attempts on registries that many share. */
const publicInterval = 300;
/** Share of a quota that is left to the pods of the node. */
const defaultFloor = 0.1;

/** What is probed: the configured registries, or the well-known public ones where none are configured. Pure. */
export function planTargets(config: Config): readonly Target[] {
	if (config.registries) return config.registries.map((entry) => planTarget(entry, config, 'configured'));
	return defaultRegistries.map((name) => planTarget(unconfigured(name, config), config, 'default'));
}

/** What holds for a registry that no entry of the configuration names. */
export function unconfigured(name: string, { proxy, noProxy }: Config): RegistrySettings {
	return { name, credentials: { source: 'anonymous' }, proxy, noProxy, source: { file: 'built-in defaults' } };
}

/** One entry as a target: what it does not say follows from its registry. */
export function planTarget(entry: RegistrySettings, config: Config, origin: Target['origin']): Target {
	const { name, ca, proxy, noProxy, credentials, source } = entry;
	const wish = wishOf(entry);
	const reached = reach(entry, wish.image);
	const host = hostOf(reached.endpoint);
	// Every GET of a manifest counts as a pull there, also through a mirror.
	const counted = [name, wish.image.domain, host].some(isDockerHub);
	const manifestGet = !counted && entry.manifestGet !== false;
	const blob = blobOf(entry, wish, manifestGet);
	const through = proxyOf(proxy, source);
	return {
		id: `${name} ${host}`,
		registry: name,
		host,
		...wish,
		repository: wish.image.repository,
		client: 'containerd',
		...reached,
		origin,
		root: '/v2',
		headers: {},
		capabilities: ['pull', 'resolve'],
		interval: entry.interval ?? (isPublic(name, wish.image) ? publicInterval : config.interval),
		timeout: config.timeout,
		attemptTimeout: config.attemptTimeout,
		...(through && { proxy: through }),
		noProxy,
		cas: ca === undefined ? [] : [{ file: ca, of: 'agent' }],
		clientCertificates: [],
		credentials,
		...(blob && { blob }),
		manifestGet,
		floor: entry.floor ?? defaultFloor,
		source,
	};
}

function isPublic(name: string, { domain }: Reference): boolean {
	return wellKnownPublic.has(name) || wellKnownPublic.has(domain);
}

type Reached = Pick<Target, 'endpoint' | 'via' | 'namespace' | 'insecure' | 'plainHttpFallback'>;

/**
 * The host that is dialled. The registry's own host is treated as the runtime treats it without configuration; another
 * one is a mirror, which is told by `?ns=` whose image is meant.
 */
function reach(entry: RegistrySettings, { domain }: Reference): Reached {
	const upstream = upstreamOf(domain);
	const { endpoint } = entry;
	if (endpoint) {
		const own = [domain, hostOf(upstream.endpoint)].includes(hostOf(endpoint));
		const through = own ? ({ via: 'upstream' } as const) : ({ via: 'mirror', namespace: domain } as const);
		return { endpoint, ...through, insecure: entry.insecure ?? false };
	}
	// Whoever names a CA or wants verification means it, on this machine too.
	const insecure = entry.insecure ?? (upstream.insecure && entry.ca === undefined);
	const fallback = upstream.plainHttpFallback ? { plainHttpFallback: true } : {};
	return { endpoint: upstream.endpoint, via: 'upstream', insecure, ...fallback };
}

/** The proxy without its login. What the node's runtime uses is unknown so far, which means none. */
function proxyOf(choice: ProxyChoice, { file, line }: RegistrySettings['source']): Proxy | undefined {
	if (choice.kind !== 'url') return undefined;
	const { scheme, hostname, port, login } = choice;
	const source = line === undefined ? file : `${file}:${line}`;
	return { scheme, hostname, port, login: login !== undefined, source };
}
