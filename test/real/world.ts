import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import type { Logins } from '../../src/probe/probe.ts';
import { parseReference } from '../../src/registry/image.ts';
import { Secret } from '../../src/registry/secret.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { names as testNames, targetAt } from '../probe/world.ts';
import { Directory } from './directory.ts';
import { startDnsmasq } from './dnsmasq.ts';
import { type RegistryAuth, startDockerRegistry } from './dockerRegistry.ts';
import { startNginx } from './nginx.ts';
import { writePasswords } from './passwords.ts';
import type { Program } from './running.ts';
import { fillStore, type Store } from './store.ts';
import { startTokenService } from './tokenService.ts';

/** The one who may pull everything. */
export const user = 'kubelet';
export const password = 'right horse';

export interface RealWishes {
	/** Default: `open`. */
	readonly auth?: 'open' | 'htpasswd' | 'token';
	/** The registry speaks plain HTTP. */
	readonly plain?: boolean;
	/** Blobs come from nginx, not from the registry. */
	readonly cdn?: boolean;
	/** All hosts are `localhost`, which every program of this machine can resolve. Default: names that dnsmasq knows. */
	readonly local?: boolean;
	/** Waited for before a token is given. */
	readonly beforeGrant?: () => Promise<void>;
}

/** A real registry with what belongs to it, and a node that asks a real nameserver. */
export interface RealWorld extends AsyncDisposable {
	readonly directory: Directory;
	readonly authority: Authority;
	/** What all servers present. */
	readonly issued: Issued;
	readonly store: Store;
	readonly registry: Program;
	readonly dnsmasq: Program;
	/** Only where it was wished. */
	readonly cdn: Program | undefined;
	readonly token: HttpServer | undefined;
	readonly node: Node;
	/** A PEM file of what the node trusts. */
	readonly bundle: string;
	/** Asks for `team/app:1`. */
	readonly target: Target;
}

/** Starts what is wished; all of it ends with the world. */
export async function makeRealWorld({
	auth = 'open',
	plain = false,
	cdn = false,
	local = false,
	...wishes
}: RealWishes = {}): Promise<RealWorld> {
	await using stack = new AsyncDisposableStack();
	const directory = stack.use(new Directory());
	const names = local ? { registry: 'localhost', token: 'localhost', blob: 'localhost' } : testNames;
	const authority = await createAuthority();
	const issued = await authority.issue({ names: [...new Set(Object.values(names))] });
	const store = await fillStore(directory);
	const token = auth === 'token' ? stack.use(await tokenService(authority, issued, wishes)) : undefined;
	const nginx = cdn ? stack.use(await startNginx({ directory, issued, server: [`root ${store.path};`] })) : undefined;
	const registryAuth = await authOf(auth, directory, authority, token?.origin(names.token));
	const registry = stack.use(
		await startDockerRegistry({
			directory,
			store: store.path,
			...(!plain && { issued }),
			...(registryAuth && { auth: registryAuth }),
			...(nginx && { blobsAt: `https://${names.blob}:${nginx.port}` }),
		}),
	);
	const addresses = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));
	const dnsmasq = stack.use(await startDnsmasq({ addresses, domains: ['test'] }));
	const node = stack.use(await makeNode({ nameservers: [`127.0.0.1:${dnsmasq.port}`], bundle: authority.pem }));
	const owned = stack.move();
	return {
		directory,
		authority,
		issued,
		store,
		registry,
		dnsmasq,
		cdn: nginx,
		token,
		node,
		bundle: join(node.root, 'etc/ssl/certs/ca-certificates.crt'),
		target: targetAt({ scheme: plain ? 'http' : 'https', hostname: names.registry, port: registry.port }),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

/** A world that the tests of a suite share: the function gives it while they run. */
export function sharedWorld(wishes: RealWishes = {}): () => RealWorld {
	let world: RealWorld | undefined;
	beforeAll(async () => {
		world = await makeRealWorld(wishes);
	});
	afterAll(async () => {
		await world?.[Symbol.asyncDispose]();
	});
	return () => {
		if (!world) throw new TypeError('the world is there only while a test runs');
		return world;
	};
}

const issuer = 'auth of the tests';

async function tokenService(authority: Authority, tls: Issued, { beforeGrant }: RealWishes): Promise<HttpServer> {
	const signer = await authority.issue({ commonName: 'token signer' });
	return await startTokenService({
		tls,
		signer,
		issuer,
		logins: { [user]: password },
		open: ['team/app'],
		...(beforeGrant && { beforeGrant }),
	});
}

async function authOf(
	kind: RealWishes['auth'],
	directory: Directory,
	authority: Authority,
	tokens: string | undefined,
): Promise<RegistryAuth | undefined> {
	if (kind === 'htpasswd') {
		return { htpasswd: { realm: 'tests', path: await writePasswords(directory, 'registry', { [user]: password }) } };
	}
	if (tokens === undefined) return undefined;
	const rootcertbundle = directory.write('token-authority.pem', authority.pem);
	return { token: { realm: `${tokens}/token`, service: 'registry of the tests', issuer, rootcertbundle } };
}

/** The CDN of a world that was wished with one. */
export function cdnOf({ cdn }: RealWorld): Program {
	if (!cdn) throw new TypeError('a world without CDN');
	return cdn;
}

/** The target of a world that asks for another image. */
export function asking(target: Target, image: string, change: Partial<Target> = {}): Target {
	const reference = parseReference(`${target.registry}/${image}`);
	return { ...target, image: reference, repository: reference.repository, ...change };
}

/** A login at the registry. */
export function login(secret: string = password): Logins {
	return { registry: { username: user, password: new Secret(secret) } };
}
