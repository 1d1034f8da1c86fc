import type { Tls } from '../../fakes/acceptor.ts';
import { createAuthority } from '../../fakes/authority.ts';
import { startBlackhole } from '../../fakes/blackhole.ts';
import { startBlobHost } from '../../fakes/blob.ts';
import { makeImage } from '../../fakes/image.ts';
import { startRegistry } from '../../fakes/registry.ts';
import { startTokenService } from '../../fakes/token.ts';
import { shareQuota } from '../quota.ts';

/** A registry with a token service, a CDN and a quota; one that is open to all; a mirror of that, which is dead. */
export const names = {
	hub: 'hub.demo.test',
	token: 'auth.hub.demo.test',
	blob: 'cdn.hub.demo.test',
	open: 'open.demo.test',
	mirror: 'mirror.demo.test',
} as const;

export const repository = 'demo/app';

/** Where what is alive listens; the hub a second time for those whose quota is used up; and where nothing ever answers. */
export const addresses = { alive: '127.0.0.1', limited: '127.0.0.2', dead: '127.0.0.3' } as const;

/** What nodes pull from. */
export interface Servers {
	/** PEM of the authority that all certificates are from. */
	readonly bundle: string;
	/** `hub.demo.test:4711`. */
	readonly hosts: Readonly<Record<'hub' | 'open' | 'mirror', string>>;
	/** The digest of the layer that both registries have. */
	readonly layer: string;
	/** Uses the quota of the nodes up that go out by the first address, or gives it back. */
	readonly exhaust: (exhausted: boolean) => void;
	/** The same for those that go out by the second address, whose quota is used up from the beginning. */
	readonly exhaustLimited: (exhausted: boolean) => void;
}

/** Starts them on loopback; they end with `stack`. */
export async function startServers(stack: AsyncDisposableStack): Promise<Servers> {
	const authority = await createAuthority({ commonName: 'Demo Root', organization: 'Demo Trust' });
	const { chain: cert, key } = await authority.issue({ names: Object.values(names) });
	const tls: Tls = { cert, key };
	const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64'], layers: [Buffer.alloc(200_000, 'demo ')] });
	const images = { [repository]: { latest: image } };
	const tokens = new Set<string>();
	const token = stack.use(await startTokenService({ tls, tokens }));
	const blob = stack.use(await startBlobHost({ tls, blobs: image.blobs }));
	const hubTo = (shared: ReturnType<typeof shareQuota>, place: { address: string; port?: number }) =>
		startRegistry({
			...place,
			tls,
			images,
			auth: { bearer: { realm: token.realm(names.token), service: names.hub, tokens } },
			blobUrl: (content) => blob.urlOf(content, names.blob),
			quota: shared.quota,
			respond: shared.refusal,
		});
	const plenty = stack.use(shareQuota());
	const nothing = stack.use(shareQuota('198.51.100.20'));
	nothing.exhaust(true);
	const hub = stack.use(await hubTo(plenty, { address: addresses.alive }));
	stack.use(await hubTo(nothing, { address: addresses.limited, port: hub.port }));
	const open = stack.use(await startRegistry({ tls, images }));
	for (const { port } of [hub, open]) stack.use(await startBlackhole({ address: addresses.dead, port }));
	const mirror = stack.use(await startBlackhole({ address: addresses.dead }));
	return {
		bundle: authority.pem,
		hosts: {
			hub: `${names.hub}:${hub.port}`,
			open: `${names.open}:${open.port}`,
			mirror: `${names.mirror}:${mirror.port}`,
		},
		layer: image.layers[0]?.digest ?? '',
		exhaust: plenty.exhaust,
		exhaustLimited: nothing.exhaust,
	};
}
