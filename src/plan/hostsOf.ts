import type { Discovery, RegistrySettings } from '../config/config.ts';
import { hostOf, originOf } from '../registry/endpoint.ts';
import type { Reference } from '../registry/reference.ts';
import { type NodeRules, upstreamHost } from './nodeRules.ts';
import type { PullHost, Route } from './pullHost.ts';

/** A host that is probed for an image. */
export interface PlannedHost extends PullHost {
	/** The runtime would not come to it whatever becomes of the others: it says nothing about a pull. */
	readonly unasked: boolean;
}

/** What is read of an entry. */
type Entry = Pick<RegistrySettings, 'endpoint' | 'source'>;

/**
 * The hosts that are probed for an image, in the runtime's order: the one that the entry names, or those that the node's
 * runtime would try, mirrors and upstream as far as they are wished for.
 */
export function hostsOf(entry: Entry, image: Reference, rules: NodeRules, wish: Discovery): readonly PlannedHost[] {
	if (entry.endpoint) return [{ ...named(entry.endpoint, entry, image), unasked: false }];
	const route = rules.route(image);
	const hosts = once(hostsIn(route, image)).map((host) => ({ ...host, unasked: false }));
	const upstreams = hosts.filter(({ via }) => via === 'upstream');
	const spare = upstreams.length > 0 ? [] : [{ ...upstreamHost(image), unasked: true }];
	if (!wish.mirrors) return [...upstreams, ...spare].map((host) => ({ ...host, unasked: false }));
	const mirrors = hosts.filter(({ via }) => via === 'mirror');
	if (wish.upstream === 'never' && mirrors.length > 0) return mirrors;
	return wish.upstream === 'always' ? [...hosts, ...spare] : hosts;
}

/**
 * The hosts of a route. Where the runtime refuses the image, those that are to blame say so; where none is, all are
 * unusable, and an image without any host is shown as its upstream.
 */
function hostsIn({ hosts, refused }: Route, image: Reference): readonly PullHost[] {
	const blamed = hosts.some(({ unusable }) => unusable !== undefined);
	if (hosts.length > 0 && (refused === undefined || blamed)) return hosts;
	const unusable = refused ?? 'the runtime has no host for this image';
	return (hosts.length > 0 ? hosts : [upstreamHost(image)]).map((host) => ({ ...host, unusable }));
}

/** A host that the runtime would ask twice for the same is one. */
function once(hosts: readonly PullHost[]): readonly PullHost[] {
	const keys = hosts.map(({ endpoint, root, repository }) => `${originOf(endpoint)}${root} ${repository}`);
	return hosts.filter((_, at) => keys.indexOf(keys[at] ?? '') === at);
}

/** A host that the configuration names stands for all others; the image's own is no mirror of itself. */
function named(endpoint: PullHost['endpoint'], { source }: Entry, image: Reference): PullHost {
	const upstream = upstreamHost(image);
	const own = [image.domain, hostOf(upstream.endpoint)].includes(hostOf(endpoint));
	const through = own ? ({ via: 'upstream' } as const) : ({ via: 'mirror', namespace: image.domain } as const);
	return { ...upstream, ...through, endpoint, insecure: false, plainHttpFallback: false, source };
}
