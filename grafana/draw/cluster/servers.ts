import { shareQuota } from '../../../test/demo/quota.ts';
import { createAuthority } from '../../../test/fakes/authority.ts';
import { startBlackhole } from '../../../test/fakes/blackhole.ts';
import { startBlobHost } from '../../../test/fakes/blob.ts';
import { makeImage } from '../../../test/fakes/image.ts';
import { startRegistry } from '../../../test/fakes/registry.ts';
import { startTokenService } from '../../../test/fakes/token.ts';

/** The registries of the cluster by the names of their configuration, with the names of their hosts. */
export const registries = {
	'docker.io': 'registry-1.docker.io',
	'ghcr.io': 'ghcr.io',
	'quay.io': 'quay.io',
	'registry.corp': 'registry.corp',
} as const;

export type RegistryName = keyof typeof registries;

/** The token service of the first, and the host of its layers. */
export const tokenHost = 'auth.docker.io';
export const layerHost = 'production.cloudflare.docker.com';

export const repository = 'library/app';

/** Where everything is, and where nothing ever answers. */
export const addresses = { alive: '127.0.0.1', dead: '127.0.0.3' } as const;

/** What the nodes pull from: on loopback, under the names of registries that everybody knows. */
export interface Servers {
	/** PEM of what nodes trust; `some` leaves out the authority of the company's own registry. */
	readonly trust: { readonly all: string; readonly some: string };
	/** `ghcr.io:4711`. */
	readonly hosts: Readonly<Record<RegistryName, string>>;
	/** The digest of the layer that all have. */
	readonly layer: string;
}

/** Starts them; they end with `stack`. */
export async function startServers(stack: AsyncDisposableStack): Promise<Servers> {
	const [open, own] = await Promise.all([
		createAuthority({ commonName: 'Public Root', organization: 'Public Trust' }),
		createAuthority({ commonName: 'Company Root', organization: 'Company' }),
	]);
	const image = makeImage({ layers: [Buffer.alloc(200_000, 'layer ')] });
	const images = { [repository]: { latest: image } };
	const issued = async (authority: typeof open, names: readonly string[]) => {
		const { chain: cert, key } = await authority.issue({ names });
		return { cert, key };
	};
	const tls = await issued(open, [...Object.values(registries), tokenHost, layerHost]);
	const { quota } = stack.use(shareQuota());
	const tokens = new Set<string>();
	const token = stack.use(await startTokenService({ tls, tokens }));
	stack.use(await startBlackhole({ address: addresses.dead, port: token.port }));
	const blob = stack.use(await startBlobHost({ tls, blobs: image.blobs }));
	const service = registries['docker.io'];
	const hub = await startRegistry({
		tls,
		images,
		auth: { bearer: { realm: token.realm(tokenHost), service, tokens } },
		blobUrl: (content) => blob.urlOf(content, layerHost),
		quota,
	});
	const started = {
		'docker.io': stack.use(hub),
		'ghcr.io': stack.use(await startRegistry({ tls, images })),
		'quay.io': stack.use(await startRegistry({ tls, images })),
		'registry.corp': stack.use(await startRegistry({ tls: await issued(own, [registries['registry.corp']]), images })),
	};
	const hostOf = (name: RegistryName) => `${registries[name]}:${started[name].port}`;
	return {
		trust: { all: `${open.pem}${own.pem}`, some: open.pem },
		hosts: {
			'docker.io': hostOf('docker.io'),
			'ghcr.io': hostOf('ghcr.io'),
			'quay.io': hostOf('quay.io'),
			'registry.corp': hostOf('registry.corp'),
		},
		layer: image.layers[0]?.digest ?? '',
	};
}
