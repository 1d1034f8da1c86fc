import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Proxy } from '../../plan/target.ts';
import type { Vantage } from '../../plan/vantage.ts';
import { type Endpoint, hostOf } from '../../registry/endpoint.ts';
import type { Login } from '../../registry/secret.ts';
import type { Gate } from '../attempt.ts';
import { type Deadline, within } from '../deadline.ts';
import { dial } from '../dial/dial.ts';
import { anchorsFor } from '../handshake/anchors.ts';
import { judgeChain } from '../handshake/chain.ts';
import type { Greeting } from '../handshake/context.ts';
import { secure } from '../handshake/secure.ts';
import type { Facts } from '../observation.ts';
import { httpConnect } from '../proxy/tunnel.ts';
import { socksConnect } from '../proxy/socks.ts';
import { resolve } from '../resolve/resolve.ts';
import { ProbeFailure, type Stage } from '../stage.ts';

export interface ThroughProxy {
	readonly proxy: Proxy;
	readonly login: Login | undefined;
	readonly endpoint: Endpoint;
	readonly vantage: Vantage;
	/** The runtime whose client is imitated. */
	readonly client: Greeting;
	readonly time: Deadline;
	readonly gate: Gate;
	readonly signal: AbortSignal;
	readonly settle: (work: Promise<unknown>) => void;
}

/** `scheme://host:port`, without login: how the proxy is shown. */
export function proxyName({ scheme, hostname, port }: Pick<Proxy, 'scheme' | 'hostname' | 'port'>): string {
	return `${scheme}://${hostOf({ scheme: 'https', hostname, port: 443 })}:${port}`;
}

/** Plain http is asked of an HTTP proxy in absolute form, without a tunnel. */
export function needsTunnel(proxy: Proxy, endpoint: Endpoint): boolean {
	return proxy.scheme === 'socks5' || endpoint.scheme === 'https';
}

/** Reaches an endpoint through a proxy. Throws `ProbeFailure` with a `proxy_*` reason. */
export async function throughProxy(input: ThroughProxy): Promise<Duplex> {
	const { proxy, endpoint, login, time } = input;
	const socket = await reached(input);
	if (!needsTunnel(proxy, endpoint)) return socket;
	const asked = async () => {
		if (proxy.scheme !== 'socks5') return await httpConnect(socket, endpoint, login);
		await socksConnect(socket, endpoint, login);
		return socket;
	};
	const late = () => {
		socket.destroy();
		return new ProbeFailure('proxy_timeout', 'the proxy does not answer CONNECT');
	};
	try {
		return await within(asked(), time.remaining(), late);
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

/** A connection to the proxy itself: its DNS, TCP and TLS count as one. */
async function reached(input: ThroughProxy): Promise<Duplex> {
	const { proxy, vantage, client, time, gate, signal, settle } = input;
	let step = 'DNS';
	const connected = async () => {
		const literal = isIP(proxy.hostname) !== 0;
		const addresses = literal
			? [proxy.hostname]
			: (await resolve({ name: proxy.hostname, vantage, time, signal, settle })).addresses;
		step = 'TCP';
		const once = async () => (await dial({ addresses, port: proxy.port, time, gate, signal, settle })).socket;
		const socket = await once();
		if (proxy.scheme !== 'https') return socket;
		step = 'TLS';
		const { hostname } = proxy;
		const { socket: secured } = await secure({
			socket,
			hostname,
			client,
			time,
			gate,
			signal,
			again: once,
			identities: [],
		});
		const leaf = secured.getPeerX509Certificate();
		const anchors = anchorsFor(vantage.bundle, []);
		const verdict = leaf && judgeChain({ leaf, anchors, hostname, now: new Date() });
		if (verdict?.trusted) return secured;
		secured.destroy();
		throw new ProbeFailure(verdict?.reason ?? 'tls_untrusted', verdict?.detail ?? 'no certificate');
	};
	try {
		return await connected();
	} catch (error) {
		if (!(error instanceof ProbeFailure) || error.reason === 'agent_resources_exhausted') throw error;
		throw new ProbeFailure('proxy_unreachable', `${step}: ${error.reason}: ${error.message}`, {}, { cause: error });
	}
}

/** A way through the proxy: resolving it, reaching it and asking it for the connection. */
export const proxy: Stage<ThroughProxy, Duplex, Facts> = {
	name: 'proxy',
	measures: [],
	async run(input) {
		const facts = { proxy: proxyName(input.proxy) };
		try {
			return { value: await throughProxy(input), facts };
		} catch (error) {
			if (!(error instanceof ProbeFailure)) throw error;
			throw new ProbeFailure(error.reason, error.message, { ...facts, ...error.facts }, { cause: error });
		}
	},
};
