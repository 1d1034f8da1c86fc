import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';

import { type Endpoint, sameEndpoint } from '../registry/endpoint.ts';
import type { Place } from './attempt.ts';
import { Deadline } from './deadline.ts';
import { dial } from './dial/dial.ts';
import { greetingOf } from './handshake/context.ts';
import type { Scene } from './scene.ts';
import { dns } from './stages/dns.ts';
import { needsTunnel, proxy, throughProxy } from './stages/proxy.ts';
import { tcp } from './stages/tcp.ts';
import { tls } from './stages/tls.ts';
import { unusable } from './stages/unusable.ts';

/** Reaching one host: dns → tcp, or proxy instead of both; → tls. Runs for every host that a pull touches. */
export async function connect(scene: Scene, place: Place, endpoint: Endpoint): Promise<Duplex> {
	const { at, vantage } = scene;
	const { target } = at;
	if (target.unusable !== undefined) await at.stage(place, unusable, { why: target.unusable });
	const way = scene.proxyFor(endpoint)
		? await aroundProxy(scene, place, endpoint)
		: await directly(scene, place, endpoint);
	if (endpoint.scheme === 'http') return way.socket;
	const plainHttpFallback = target.plainHttpFallback === true && sameEndpoint(endpoint, target.endpoint);
	const { hostname } = endpoint;
	const { gate, signal } = at;
	const { socket, again } = way;
	return await at.stage(place, tls, { socket, again, hostname, target, vantage, plainHttpFallback, gate, signal });
}

/** A connection, and how to make one like it again only to find out why a handshake failed. */
interface Way {
	readonly socket: Duplex;
	readonly again: () => Promise<Duplex>;
}

async function directly(scene: Scene, place: Place, endpoint: Endpoint): Promise<Way> {
	const { at } = scene;
	const addresses = await addressesOf(scene, place, endpoint);
	scene.check(endpoint, addresses);
	const { port } = endpoint;
	const { gate, signal } = at;
	const settle = at.settle.bind(at);
	const socket = await at.stage(place, tcp, { addresses, port, gate, signal, settle });
	scene.reached(endpoint, socket.remoteAddress);
	const again = async () => {
		const one = socket.remoteAddress === undefined ? addresses : [socket.remoteAddress];
		const time = new Deadline(at.target.timeout, at.overall);
		return (await dial({ addresses: one, port, gate, signal, settle, time })).socket;
	};
	return { socket, again };
}

async function addressesOf({ at, vantage }: Scene, place: Place, { hostname }: Endpoint): Promise<readonly string[]> {
	if (isIP(hostname) !== 0) return [hostname];
	const { signal } = at;
	return await at.stage(place, dns, { name: hostname, vantage, signal, settle: at.settle.bind(at) });
}

async function aroundProxy(scene: Scene, place: Place, endpoint: Endpoint): Promise<Way> {
	const { at, vantage, logins } = scene;
	// The proxy resolves names; only a literal can be judged.
	if (isIP(endpoint.hostname) !== 0) scene.check(endpoint, [endpoint.hostname]);
	const through = scene.proxyFor(endpoint);
	if (!through) throw new TypeError('no proxy');
	const { gate, signal } = at;
	const client = greetingOf(at.target);
	const settle = at.settle.bind(at);
	const input = { proxy: through, login: logins.proxy, endpoint, vantage, client, gate, signal, settle };
	if (needsTunnel(through, endpoint) && through.scheme !== 'socks5') at.sent(place.role, 'CONNECT');
	const socket = await at.stage(place, proxy, input);
	const again = async () => await throughProxy({ ...input, time: new Deadline(at.target.timeout, at.overall) });
	return { socket, again };
}
