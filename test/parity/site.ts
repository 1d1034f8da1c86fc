import { type Authority, createAuthority, type LeafOptions } from '../fakes/authority.ts';
import type { Tls } from '../fakes/acceptor.ts';
import { type BlobHost, startBlobHost } from '../fakes/blob.ts';
import { type DnsAnswer, type DnsQuery, startDns } from '../fakes/dns.ts';
import type { HttpServer } from '../fakes/http.ts';
import { type Image, makeImage } from '../fakes/image.ts';
import { type Misbehaviour, startMisbehaving } from '../fakes/misbehaving.ts';
import { type ProxyOptions, startProxy } from '../fakes/proxy.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { startTokenService, type TokenOptions, type TokenService } from '../fakes/token.ts';

/** What a scenario asks of the node, beside servers. */
export interface Wish {
	/** Default: `team/app:1` of the scenario's registry. */
	readonly image?: string;
	/** What the pull is given. */
	readonly login?: Login;
	/** Default: the one that knows all sites. */
	readonly nameservers?: readonly string[];
	/** Of the runtime. */
	readonly environment?: Readonly<Record<string, string>>;
}

export type Login = { readonly user: string; readonly password: string };

/** Builds the servers of a scenario. */
export type Setup = (site: Site) => Promise<Wish | void>;

type Names = Map<string, (query: DnsQuery) => DnsAnswer>;

/** What all sites share: authorities, a certificate for every name, and the nameserver. */
export interface Ground extends AsyncDisposable {
	readonly authority: Authority;
	/** Trusted by nobody unless a file of the node says so. */
	readonly foreign: Authority;
	readonly tls: Tls;
	readonly names: Names;
	readonly nameserver: string;
}

/** Every name of every site, and the one address that is asked for without a name. */
const allNames = ['*.lab.test', '*.star.lab.test', '10.77.0.30'];

export async function makeGround(): Promise<Ground> {
	const [authority, foreign] = await Promise.all([createAuthority(), createAuthority()]);
	const { key, chain } = await authority.issue({ names: allNames });
	const names: Names = new Map();
	const dns = await startDns({ address: '10.78.255.53', port: 53, answers: (query) => names.get(query.name)?.(query) });
	const dispose = async () => await dns.close();
	const tls = { key, cert: chain };
	return { authority, foreign, tls, names, nameserver: dns.address, [Symbol.asyncDispose]: dispose };
}

/** Where a server of a site stands, unless it is where others expect it. */
interface At {
	/** `mirror`, `token`: which host of the site; empty: the registry. */
	readonly part?: string;
	readonly address?: string;
	readonly port?: number;
	/** `null`: plain HTTP. */
	readonly tls?: Tls | null;
}

/** The servers of one scenario with names and addresses of their own, and what is known of them by name. */
export class Site extends AsyncDisposableStack {
	readonly scenario: string;
	readonly ground: Ground;
	/** One layer, for the two platforms on which tests run. */
	readonly image: Image = makeImage({
		layers: [Buffer.alloc(3000, 'layer ')],
		platforms: ['linux/amd64', 'linux/arm64'],
	});
	readonly #number: number;
	readonly #parts: string[] = [''];

	constructor(scenario: string, number: number, ground: Ground) {
		super();
		this.scenario = scenario;
		this.ground = ground;
		this.#number = number;
	}

	/** `scenario--part.lab.test`. */
	nameOf(part = ''): string {
		return `${this.scenario}${part && `--${part}`}.lab.test`;
	}

	/** An address of this site's own for each of its hosts. */
	addressOf(part = ''): string {
		if (!this.#parts.includes(part)) this.#parts.push(part);
		return `10.78.${this.#number}.${this.#parts.indexOf(part) + 1}`;
	}

	/** What the nameserver says about a host of this site. */
	know(part: string, answer: DnsAnswer | ((query: DnsQuery) => DnsAnswer)): void {
		this.ground.names.set(this.nameOf(part), typeof answer === 'function' ? answer : () => answer);
	}

	/** A certificate of an authority that the node trusts, for the registry. */
	async certificate(options: LeafOptions = {}, authority = this.ground.authority): Promise<Tls> {
		const { key, chain } = await authority.issue({ names: [this.nameOf()], ...options });
		return { key, cert: chain };
	}

	/** Knows the host by its address, and says where its server listens. */
	#place({ part = '', address, port = 443, tls = this.ground.tls }: At) {
		const own = address ?? this.addressOf(part);
		if (address === undefined) this.know(part, { A: [own] });
		return { address: own, port, ...(tls && { tls }) };
	}

	/** A registry that has the image as `team/app:1`, open unless it is told otherwise. */
	async registry(options: Omit<RegistryOptions, 'tls'> = {}, at: At = {}): Promise<HttpServer> {
		const images = { 'team/app': { 1: this.image } };
		return this.use(await startRegistry({ images, ...options, ...this.#place(at) }));
	}

	async tokenService(options: Omit<TokenOptions, 'tls'> = {}, at: At = {}): Promise<TokenService> {
		return this.use(await startTokenService({ ...options, ...this.#place({ part: 'token', ...at }) }));
	}

	/** What a registry demands that sends clients to this token service. */
	bearer({ tokens, realm }: TokenService): NonNullable<RegistryOptions['auth']> {
		return { bearer: { realm: realm(this.nameOf('token')), service: 'lab', tokens } };
	}

	async blobHost(respond?: RegistryOptions['respond']): Promise<BlobHost> {
		const { blobs } = this.image;
		return this.use(await startBlobHost({ blobs, ...(respond && { respond }), ...this.#place({ part: 'cdn' }) }));
	}

	/** A server that does this with every connection, after the handshake where it has TLS. */
	async misbehave(behaviour: Misbehaviour, at: At = {}): Promise<void> {
		this.use(await startMisbehaving(behaviour, this.#place(at)));
	}

	/** A proxy that knows the registry, and the environment in which the runtime uses it. */
	async proxy(options: Omit<ProxyOptions, 'tls'> = {}, tls: Tls | null = null): Promise<Wish> {
		const hosts = { [this.nameOf()]: this.addressOf() };
		const place = this.#place({ part: 'proxy', port: 3128, tls });
		const { url } = this.use(await startProxy({ hosts, ...options, ...place }));
		return { environment: { HTTPS_PROXY: url(this.nameOf('proxy')) } };
	}
}
