import type { NodeFault } from '../node/fault.ts';
import type { Nameserver } from '../node/resolvConf.ts';
import { originOf } from '../registry/endpoint.ts';
import { bypassesProxy } from '../registry/noProxy.ts';
import { formatReference } from '../registry/reference.ts';
import { formatNameserver, type NodeInput, plannedNode, type PlannedNode } from './nodeDocument.ts';
import { shownPath } from './shownPath.ts';
import type { Proxy, Target } from './target.ts';

/** How the node resolves names, and the file that says so. */
export interface ResolverFacts {
	readonly nameservers: readonly Nameserver[];
	readonly search: readonly string[];
	readonly source: string;
	/** Where systemd-resolved asks, when its stub is the nameserver. */
	readonly upstreams?: readonly Nameserver[];
	/** Why a runtime that is linked with libc may come to other addresses than Go does. */
	readonly libc?: string;
}

export interface PlanInput {
	readonly node: string;
	/** What else the node says; nothing of it is shown where it is absent. */
	readonly facts?: NodeInput;
	/** The runtime whose rules hold; absent where none was found. */
	readonly runtime?: { readonly name: string; readonly version: string };
	readonly resolver: ResolverFacts;
	readonly targets: readonly Target[];
	readonly faults: readonly NodeFault[];
}

/** The document of `plan --output json` and `/api/v1/plan`, described by docs/plan.schema.json. */
export interface PlanDocument extends Partial<PlannedNode> {
	readonly version: 1;
	readonly node: string;
	readonly runtime?: { readonly name: string; readonly version: string };
	readonly resolver: {
		readonly nameservers: readonly string[];
		readonly search: readonly string[];
		readonly source: string;
		readonly upstreams?: readonly string[];
		readonly libc?: string;
	};
	readonly targets: readonly PlannedTarget[];
	/** What the node's own pull configuration says that its runtime would ignore or refuse. */
	readonly faults: readonly {
		readonly file: string;
		readonly line?: number;
		readonly fault: string;
		readonly detail: string;
	}[];
}

export interface PlannedTarget extends Pick<Target, 'registry' | 'host' | 'via' | 'capabilities' | 'insecure'> {
	readonly image: string;
	/** The manifest request as the runtime would send it. */
	readonly url: string;
	/** Names only: values may be secrets. */
	readonly headers?: readonly string[];
	readonly proxy?: string;
	/** The file and line that name the proxy. */
	readonly proxySource?: string;
	/** The files that are trusted beside the node's bundle. */
	readonly ca?: string;
	/** The files of client certificates. */
	readonly clientCertificates?: readonly string[];
	readonly credentials: { readonly source: string };
	readonly source?: Target['source'];
}

/** The plan as plain data. No secret is in it. */
export function planDocument({ node, facts, runtime, resolver, targets, faults }: PlanInput): PlanDocument {
	return {
		version: 1,
		node,
		...(runtime && { runtime: { name: runtime.name, version: runtime.version } }),
		...(facts && plannedNode(facts)),
		resolver: plannedResolver(resolver),
		targets: targets.map(plannedTarget),
		faults: faults.map(({ file, line, fault, detail }) => ({
			file,
			...(line !== undefined && { line }),
			fault,
			detail,
		})),
	};
}

function plannedResolver({ nameservers, search, source, upstreams = [], libc }: ResolverFacts) {
	return {
		nameservers: nameservers.map(formatNameserver),
		search,
		source,
		...(upstreams.length > 0 && { upstreams: upstreams.map(formatNameserver) }),
		...(libc !== undefined && { libc }),
	};
}

function plannedTarget(target: Target): PlannedTarget {
	const { registry, host, via, capabilities, cas, clientCertificates, insecure, credentials } = target;
	const proxy = proxyInUse(target);
	const source = sourceOf(target);
	const headers = Object.keys(target.headers);
	return {
		registry,
		image: formatReference(target.image),
		host,
		url: manifestUrl(target),
		via,
		capabilities,
		...(headers.length > 0 && { headers }),
		...(proxy && { proxy: formatProxy(proxy), proxySource: proxy.source }),
		...(cas.length > 0 && { ca: cas.map(({ file }) => file).join(', ') }),
		...(clientCertificates.length > 0 && {
			clientCertificates: clientCertificates.map(({ certificate }) => certificate.file),
		}),
		insecure,
		credentials: { source: credentials.source },
		...(source && { source }),
	};
}

/** The proxy that the host itself is reached through; NO_PROXY may except it, not the hosts behind it. */
export function proxyInUse({ proxy, endpoint, noProxy }: Target): Proxy | undefined {
	return proxy && !bypassesProxy(endpoint, noProxy) ? proxy : undefined;
}

/** The file that brought the host in; none where neither the configuration nor the node names it. */
export function sourceOf({ origin, source }: Target): Target['source'] | undefined {
	return origin !== 'default' || source.file.startsWith('/') ? source : undefined;
}

/** `https://host/v2/library/busybox/manifests/latest?ns=docker.io`, to be shown. */
export function manifestUrl({ endpoint, root, repository, image, namespace }: Target): string {
	const query = namespace === undefined ? '' : `?ns=${encodeURIComponent(namespace)}`;
	const path = `${shownPath(root)}${shownPath(`/${repository}`)}`;
	return `${originOf(endpoint)}${path}/manifests/${image.digest ?? image.tag}${query}`;
}

/** `scheme://host:port`, never the login. */
export function formatProxy({ scheme, hostname, port }: Proxy): string {
	return `${scheme}://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}
