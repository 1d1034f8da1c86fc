import { readContainerd } from '../../../src/node/containerd/readContainerd.ts';
import { containerdFaults, containerdRoute } from '../../../src/plan/containerd/route.ts';
import type { PullHost, Route } from '../../../src/plan/pullHost.ts';
import { originOf } from '../../../src/registry/endpoint.ts';
import { parseReference } from '../../../src/registry/image.ts';
import { makeNode } from '../../fakes/node.ts';

/** A node's files and the runtime on it. */
export interface Situation {
	readonly files: Readonly<Record<string, string>>;
	/** 2.4.2 by default. */
	readonly version?: string;
	readonly localPull?: boolean;
	/** `registry.example/team/app:1` by default. */
	readonly image?: string;
}

/** The route of an image on a node with these files. */
export async function routeOf({
	files,
	version = '2.4.2',
	localPull,
	image = 'registry.example/team/app:1',
}: Situation): Promise<Route> {
	await using node = await makeNode({ files });
	const runtime = { name: 'containerd', version, ...(localPull === undefined ? {} : { localPull }) } as const;
	return containerdRoute(readContainerd(node.root), parseReference(image), runtime);
}

/** All faults of such a node, as `file:line fault`. */
export async function faultsOf({ files, version = '2.4.2' }: Situation): Promise<string[]> {
	await using node = await makeNode({ files });
	return containerdFaults(readContainerd(node.root), { name: 'containerd', version }).map(faultText);
}

/** `file:line fault`. */
export const faultText = ({ file, line, fault }: { file: string; line?: number; fault: string }) =>
	`${file}${line === undefined ? '' : `:${line}`} ${fault}`;

/** Hosts as `https://host/root`. */
export const urls = (hosts: readonly PullHost[]) => hosts.map(({ endpoint, root }) => `${originOf(endpoint)}${root}`);

/** A configuration of version 3 that names the usual directory. */
export const config =
	'version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/containerd/certs.d"\n';
/** The same for containerd 1. */
export const olderConfig = config.replace('3', '2').replace('io.containerd.cri.v1.images', 'io.containerd.grpc.v1.cri');

/** Files of a node whose registry has this hosts.toml. */
export function withHosts(
	hosts: string,
	files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
	return {
		'/etc/containerd/config.toml': config,
		'/etc/containerd/certs.d/registry.example/hosts.toml': hosts,
		...files,
	};
}
