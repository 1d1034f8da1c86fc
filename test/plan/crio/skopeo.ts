import { dirname } from 'node:path';

import { readCrio } from '../../../src/node/crio/readCrio.ts';
import type { CrioHost } from '../../../src/plan/crio/crioHost.ts';
import { type CrioRoute, crioRoute } from '../../../src/plan/crio/crioRoute.ts';
import { parseReference } from '../../../src/registry/image.ts';
import { type Authority, createAuthority, type Issued } from '../../fakes/authority.ts';
import type { HttpServer } from '../../fakes/http.ts';
import { startRegistry } from '../../fakes/registry.ts';
import { type Ended, runCommand } from '../../real/command.ts';
import { componentPath } from '../../real/component.ts';
import { Directory } from '../../real/directory.ts';

/** `host:port` of registries on loopback, none of which has any image: whoever is asked is asked in vain. */
export interface Hosts {
	/** In plain HTTP. */
	readonly a: string;
	readonly b: string;
	readonly c: string;
	/** With TLS: of an authority that the machine trusts; of one that it does not; of the former, for known clients. */
	readonly trusted: string;
	readonly foreign: string;
	readonly mutual: string;
}

/** PEM texts for certs.d. */
export interface Pems {
	readonly foreignCa: string;
	readonly client: Issued;
}

/** What a node says, and what is pulled there. */
export interface Setup {
	readonly image: string;
	readonly conf: string;
	/** registries.conf.d by the names of the files. */
	readonly dropIns?: Readonly<Record<string, string>>;
	/** certs.d by the paths below it. */
	readonly certificates?: Readonly<Record<string, string>>;
}

/** A set-up, and how many hosts are asked in vain with it. */
export type Case = readonly [name: string, asked: number, setup: (hosts: Hosts, pems: Pems) => Setup];

/** One try by skopeo, and what we say of the same files. */
export interface Tried {
	/** `host:port /path` of every manifest that was asked for, in order. */
	readonly asked: readonly string[];
	/** The same by the route, as far as a host answers to what is presented there. */
	readonly expected: readonly string[];
	readonly route: CrioRoute;
	readonly skopeo: Ended;
}

/** The registries, with a log of what they are asked for in the order of time. */
export class World implements AsyncDisposable {
	readonly hosts: Hosts;
	readonly pems: Pems;
	readonly #servers: readonly HttpServer[];
	readonly #asked: string[];
	readonly #bundle: string;

	constructor(hosts: Hosts, pems: Pems, servers: readonly HttpServer[], asked: string[], bundle: string) {
		this.hosts = hosts;
		this.pems = pems;
		this.#servers = servers;
		this.#asked = asked;
		this.#bundle = bundle;
	}

	/** Has skopeo pull with a set-up. */
	async try(setup: Setup): Promise<Tried> {
		using node = new Directory();
		using home = new Directory();
		for (const [path, text] of Object.entries(filesOf(setup))) {
			node.write(`etc/containers/${path}`, text);
			home.write(`.config/containers/${path}`, text);
		}
		const route = crioRoute(readCrio(node.path), parseReference(setup.image), { name: 'cri-o', version: '1.37.0' });
		this.#asked.length = 0;
		const skopeo = await this.#inspect(setup.image, home);
		const asked = this.#asked.filter((line) => line.includes('/manifests/'));
		return { asked, expected: this.#expected(route, setup.image), route, skopeo };
	}

	async #inspect(image: string, home: Directory): Promise<Ended> {
		const bundle = home.write('bundle.pem', this.#bundle);
		return await runCommand(componentPath('skopeo'), ['inspect', '--raw', `docker://${image}`], {
			HOME: home.path,
			REGISTRY_AUTH_FILE: home.write('auth.json', '{}'),
			SSL_CERT_FILE: bundle,
			SSL_CERT_DIR: dirname(home.write('none/none', '')),
		});
	}

	#expected(route: CrioRoute, image: string): string[] {
		const { repository, tag, digest } = parseReference(image);
		return route.hosts.flatMap((host) =>
			this.#answers(host)
				? [`${nameOf(host)} ${host.root}/${host.repository ?? repository}/manifests/${tag ?? digest}`]
				: [],
		);
	}

	#answers(host: CrioHost): boolean {
		if (host.unusable !== undefined) return false;
		const { trusted, foreign, mutual } = this.hosts;
		const name = nameOf(host);
		if (name === mutual) return host.clientCertificates.length > 0;
		return host.insecure || name === trusted || (name === foreign && host.cas.length > 0);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.#servers.map((server) => server.close()));
	}
}

/** Starts the registries. */
export async function makeWorld(): Promise<World> {
	const authority = await createAuthority();
	const other = await createAuthority();
	const asked: string[] = [];
	const start = async (tls?: object) => {
		const server: HttpServer = await startRegistry({
			...(tls && { tls }),
			respond: ({ path }) => void asked.push(`127.0.0.1:${server.port} ${path}`),
		});
		return server;
	};
	const own = await serverTls(authority);
	const servers = await Promise.all([
		start(),
		start(),
		start(),
		start(own),
		start(await serverTls(other)),
		start({ ...own, requestCert: true, rejectUnauthorized: true, ca: authority.pem }),
	]);
	const [a, b, c, trusted, foreign, mutual] = servers.map(({ port }) => `127.0.0.1:${port}`) as [
		string,
		string,
		string,
		string,
		string,
		string,
	];
	const client = await authority.issue({ names: ['client'], extendedKeyUsage: ['client'] });
	const pems = { foreignCa: other.pem, client };
	return new World({ a, b, c, trusted, foreign, mutual }, pems, servers, asked, authority.pem);
}

async function serverTls(authority: Authority): Promise<{ readonly cert: string; readonly key: string }> {
	const { chain, key } = await authority.issue({ names: ['127.0.0.1'] });
	return { cert: chain, key };
}

function filesOf({ conf, dropIns = {}, certificates = {} }: Setup): Readonly<Record<string, string>> {
	const below = (directory: string, files: Readonly<Record<string, string>>) =>
		Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text] as const);
	return Object.fromEntries([
		['registries.conf', conf],
		...below('registries.conf.d', dropIns),
		...below('certs.d', certificates),
	]);
}

function nameOf({ endpoint }: CrioHost): string {
	return `${endpoint.hostname}:${endpoint.port}`;
}
