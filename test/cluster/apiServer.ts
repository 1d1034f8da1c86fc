import type { ApiAccess } from '../../src/cluster/access.ts';
import { concealing } from '../../src/commands/concealing.ts';
import { Secret } from '../../src/registry/secret.ts';
import { type Authority, createAuthority } from '../fakes/authority.ts';
import { type HttpServer, type Respond, startHttp } from '../fakes/http.ts';

/** An HTTPS server on loopback, and how it is reached as an API server. */
export interface Reached {
	readonly server: HttpServer;
	readonly access: ApiAccess;
}

let authority: Promise<Authority> | undefined;

/** Starts one that answers as it is told. `tokens` are given one after the other, the last one again and again. */
export async function startServer(respond: Respond, tokens: readonly string[] = ['token']): Promise<Reached> {
	const issuer = await (authority ??= createAuthority());
	const { chain, key } = await issuer.issue({ names: ['127.0.0.1'] });
	const server = await startHttp({ tls: { cert: chain, key } }, respond);
	let given = 0;
	const access: ApiAccess = {
		server: new URL(server.origin()),
		identity: () => Promise.resolve({ token: new Secret(tokens[given++] ?? tokens.at(-1) ?? ''), ca: issuer.pem }),
		conceal: (text, also = []) => concealing([...tokens, ...also])(text),
	};
	return { server, access };
}
