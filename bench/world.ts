import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { Tls } from '../test/fakes/acceptor.ts';
import { startHttp } from '../test/fakes/http.ts';
import { createAuthority } from '../test/fakes/authority.ts';
import { startBlobHost } from '../test/fakes/blob.ts';
import type { Override, ReceivedRequest } from '../test/fakes/http.ts';
import { makeImage } from '../test/fakes/image.ts';
import { startRegistry } from '../test/fakes/registry.ts';
import { startTokenService } from '../test/fakes/token.ts';
import { answerAsApi } from './api.ts';
import { hostOf, lastingToken, repository, serverNames } from './protocol.ts';
import type { Counts, Ready, ServerName } from './protocol.ts';

/** The servers that are measured against, in a process of their own: it says where they are, and counts when asked. Its word: their address. */

const nothing = () => ({ guarded: {}, token: {}, blob: {}, open: {} });
let requests: Record<ServerName, Record<string, number>> = nothing();
let [connections, bytes] = [0, 0];

subscribe('net.server.socket', (message) => {
	const socket: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'socket') : undefined;
	if (!(socket instanceof Socket)) return;
	socket.once('close', () => {
		connections += 1;
		bytes += socket.bytesRead + socket.bytesWritten;
	});
});

function kindOf({ path, method }: ReceivedRequest): string {
	const what = /\/(manifest|blob)s\//.exec(path)?.[1] ?? (path === '/token' ? 'token' : 'blob');
	return `${method} ${what}`;
}

function count(server: ServerName): Override {
	return (request) => {
		const kind = kindOf(request);
		requests[server][kind] = (requests[server][kind] ?? 0) + 1;
		return undefined;
	};
}

async function start(address: string): Promise<Ready> {
	const authority = await createAuthority();
	// Names of single targets are r1.bench.test, r2.bench.test, …
	const { chain, key } = await authority.issue({ names: ['*.bench.test', address] });
	const tls: Tls = { cert: chain, key };
	const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64'], layers: [Buffer.alloc(200_000, 'bench ')] });
	const images = { [repository]: { latest: image } };
	const tokens = new Set([lastingToken]);
	// Without a source: an answer that names one counts as Docker Hub's, whose manifests are never read.
	const quota = { limit: 100_000_000, remaining: 90_000_000, windowSeconds: 21_600 };
	const token = await startTokenService({ address, tls, tokens, respond: count('token') });
	const blob = await startBlobHost({ address, tls, blobs: image.blobs, signature: 'bench', respond: count('blob') });
	const guarded = await startRegistry({
		address,
		tls,
		images,
		quota,
		auth: { bearer: { realm: token.realm(hostOf('token')), service: hostOf('guarded'), tokens } },
		blobUrl: (content) => blob.urlOf(content, hostOf('blob')),
		respond: count('guarded'),
	});
	const open = await startRegistry({ address, tls, images, quota, respond: count('open') });
	const api = await startHttp({ address, tls }, answerAsApi);
	const servers = { guarded, token, blob, open };
	const ports = { guarded: 0, token: 0, blob: 0, open: 0 };
	for (const name of serverNames) ports[name] = servers[name].port;
	return { ca: authority.pem, address, ports, api: api.port };
}

process.on('message', () => {
	const counts: Counts = { requests, connections, bytes };
	[requests, connections, bytes] = [nothing(), 0, 0];
	process.send?.(counts);
});
process.on('disconnect', () => process.exit());
process.send?.(await start(process.argv[2] ?? '127.0.0.1'));
