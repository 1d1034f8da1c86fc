import type { Tls } from '../fakes/acceptor.ts';
import { startBlobHost } from '../fakes/blob.ts';
import type { Image } from '../fakes/image.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { startRegistry } from '../fakes/registry.ts';
import { startTokenService } from '../fakes/token.ts';
import { makeFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { shareQuota } from './quota.ts';
import { openSlot } from './slot.ts';

/** A registry, the token service that guards it and the host that keeps its layers, under these names. */
export interface GuardedOptions {
	readonly names: { readonly registry: string; readonly token: string; readonly blob: string };
	readonly tls: Readonly<Record<'registry' | 'expired' | 'token' | 'blob', Tls>>;
	readonly repository: string;
	readonly image: Image;
}

/** Starts the three, each on a port of its own, with their faults. They end with `stack`. */
export async function startGuarded(
	stack: AsyncDisposableStack,
	{ names, tls, repository, image }: GuardedOptions,
): Promise<{ port: number; faults: Fault[] }> {
	const tokens = new Set<string>();
	const startToken = (port: number) => startTokenService({ tls: tls.token, tokens, port });
	const startBlob = (port: number) => startBlobHost({ tls: tls.blob, blobs: image.blobs, signature: 'demo', port });
	const token = stack.use(await openSlot(startToken));
	const blob = stack.use(await openSlot(startBlob));
	const shared = stack.use(shareQuota());
	const registry = stack.use(
		await startRegistry({
			tls: tls.registry,
			images: { [repository]: { latest: image } },
			auth: { bearer: { realm: token.first.realm(names.token), service: names.registry, tokens } },
			blobUrl: (content) => blob.first.urlOf(content, names.blob),
			quota: shared.quota,
			respond: shared.refusal,
		}),
	);
	const faults = [
		makeFault({ name: 'token', key: 't', title: 'token service dead', reads: 'token tcp tcp_refused' }, (on) =>
			token.put(on ? undefined : startToken),
		),
		makeFault(
			{ name: 'certificate', key: 'c', title: 'certificate expired', reads: 'registry tls tls_expired' },
			(on) => registry.changeTls(on ? tls.expired : tls.registry),
		),
		makeFault(
			{ name: 'blob', key: 'b', title: 'blob host blocked', reads: 'blob tls tls_timeout' },
			// As a firewall that reads the server's name in the hello and swallows what it dislikes.
			(on) => blob.put(on ? (port) => startMisbehaving(silent, { port }) : startBlob),
		),
		makeFault(
			{ name: 'quota', key: 'q', title: 'quota exhausted', reads: 'registry manifest rate_limited' },
			shared.exhaust,
		),
	];
	return { port: registry.port, faults };
}
