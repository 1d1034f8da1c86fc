import { hostOf, repository } from './protocol.ts';
import type { Ready } from './protocol.ts';

/**
 * What an agent probes: `whole` asks for a token and then for a manifest's headers (challenge, token, manifest, quota),
 * `bare` meets a registry that lets everybody in, `blob` does all that an agent does for an image that is named: it reads manifests, too,
 * and the beginning of a layer.
 */
export type Kind = 'whole' | 'bare' | 'blob';

export interface Wish {
	readonly kind: Kind;
	readonly targets: number;
	/** In seconds. */
	readonly interval: number;
	/** Asks an API server of Kubernetes for the pods of the node. Their registries are not probed: the targets stay the same. */
	readonly discovery?: boolean;
	/** Each target has a host name of its own. Default: they share one. */
	readonly ownNames?: boolean;
}

const serverOf = (kind: Kind) => (kind === 'bare' ? 'open' : 'guarded');

/** The host name of target `at`, where each has its own. */
export const nameOf = (at: number) => `r${at + 1}.bench.test`;

/** The names that the agent's node knows by its hosts file. */
export function namesOf({ targets, ownNames }: Wish): string[] {
	const shared = (['guarded', 'token', 'blob', 'open'] as const).map(hostOf);
	return ownNames === true ? [...shared, ...Array.from({ length: targets }, (_, at) => nameOf(at))] : shared;
}

/** The agent's configuration file; JSON is YAML. */
export function configurationText(
	wish: Wish,
	{ ports }: Ready,
	node: { root: string; port: number; account: string },
): string {
	const { kind, targets, interval, ownNames, discovery } = wish;
	const server = serverOf(kind);
	const image = (at: number) =>
		`${ownNames === true ? nameOf(at) : hostOf(server)}:${ports[server]}/${repository}:latest`;
	return JSON.stringify({
		listen: `127.0.0.1:${node.port}`,
		interval: `${interval}s`,
		node: { name: 'bench-node', root: node.root },
		proxy: 'none',
		...(discovery === true && { discovery: { deny: ['*'], service_account: node.account } }),
		registries: Array.from({ length: targets }, (_, at) => ({
			name: `r${at + 1}`,
			image: image(at),
			...(kind === 'blob' ? {} : { manifest_get: 'never', blob: { bytes: 0 } }),
		})),
	});
}
