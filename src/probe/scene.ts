import { isIP } from 'node:net';

import type { Proxy } from '../plan/target.ts';
import type { Vantage } from '../plan/vantage.ts';
import { type Endpoint, originOf } from '../registry/endpoint.ts';
import { bypassesProxy } from '../registry/noProxy.ts';
import { isLoopback } from '../registry/reservedAddress.ts';
import type { Login } from '../registry/secret.ts';
import type { Attempt, Place } from './attempt.ts';
import { connect } from './connect.ts';
import { guard } from './guard.ts';
import { Connection } from './http/connection.ts';
import { proxyAuthorization } from './proxy/tunnel.ts';
import { needsTunnel } from './stages/proxy.ts';

/** The logins of one attempt; they live no longer than it. */
export interface Logins {
	readonly registry?: Login;
	readonly proxy?: Login;
}

/** One attempt with what it needs of the node: gives connections, one a host, made when first asked for. */
export class Scene {
	readonly at: Attempt;
	readonly vantage: Vantage;
	readonly logins: Logins;
	readonly #connections = new Map<string, Connection>();
	/** Whether the registry itself was reached on loopback: then others may be too. */
	#local: boolean;

	constructor(at: Attempt, vantage: Vantage, logins: Logins) {
		this.at = at;
		this.vantage = vantage;
		this.logins = logins;
		for (const login of [logins.registry, logins.proxy]) if (login) at.secrets.addLogin(login);
		this.#local = isIP(at.target.endpoint.hostname) !== 0 && isLoopback(at.target.endpoint.hostname);
	}

	/** The proxy in front of an endpoint. */
	proxyFor(endpoint: Endpoint): Proxy | undefined {
		const { proxy, noProxy } = this.at.target;
		return proxy && !bypassesProxy(endpoint, noProxy) ? proxy : undefined;
	}

	/**
	 * A connection to `endpoint`, the one of before while it stands. Throws `AttemptEnded` when the host cannot be
	 * reached (recorded), `Refused` when a foreign server may not send us there.
	 */
	async connection(place: Place, endpoint: Endpoint): Promise<Connection> {
		const key = originOf(endpoint);
		const known = this.#connections.get(key);
		if (known?.usable && (await known.idle()) && known.usable) return known;
		await known?.close();
		const socket = await connect(this, place, endpoint);
		const proxy = this.proxyFor(endpoint);
		const absolute = proxy && !needsTunnel(proxy, endpoint) ? proxyAuthorization(this.logins.proxy) : undefined;
		const connection = new Connection(endpoint, socket, absolute);
		this.#connections.set(key, connection);
		this.at.defer(() => connection.close());
		return connection;
	}

	/** Judges the addresses of a host before it is reached; those of the registry are nobody's to judge. */
	check(endpoint: Endpoint, addresses: readonly string[]): void {
		if (!this.#isHome(endpoint)) guard(endpoint.hostname, addresses, this.#local);
	}

	/** Takes note of the address that a host was reached at: a registry that names loopback beside others is not there. */
	reached(endpoint: Endpoint, address = ''): void {
		if (this.#isHome(endpoint)) this.#local = isLoopback(address);
	}

	#isHome(endpoint: Endpoint): boolean {
		return originOf(endpoint) === originOf(this.at.target.endpoint);
	}
}
