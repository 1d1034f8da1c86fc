import type { Duplex } from 'node:stream';

import { Client, type Dispatcher } from 'undici';

import { type Endpoint, hostOf } from '../../registry/endpoint.ts';
import type { Login } from '../../registry/secret.ts';
import { ConnectionSpent, headFailure } from '../http/failure.ts';
import { watchForFlood } from '../http/flood.ts';
import { ProbeFailure } from '../stage.ts';

/** The header that a proxy's login is sent in (RFC 9110, 11.7.2). */
export function proxyAuthorization(login: Login | undefined): Record<string, string> {
	if (!login) return {};
	const pair = Buffer.from(`${login.username}:${login.password.reveal()}`).toString('base64');
	return { 'proxy-authorization': `Basic ${pair}` };
}

/** What a proxy answered to CONNECT, in the contract's words; undefined when it is granted. Go takes 200 only. */
function refusal(status: number): ProbeFailure | undefined {
	if (status === 200) return undefined;
	const facts = { status };
	if (status === 407) return new ProbeFailure('proxy_auth_required', 'the proxy answers 407 to CONNECT', facts);
	const denied = status >= 400 && status < 500;
	return new ProbeFailure(denied ? 'proxy_denied' : 'proxy_error', `the proxy answers ${status} to CONNECT`, facts);
}

/**
 * Asks an HTTP proxy for a tunnel to `endpoint`. Throws `ProbeFailure` with `proxy_auth_required`, `proxy_denied`,
 * `proxy_error` or `connection_reset`.
 */
export async function httpConnect(socket: Duplex, endpoint: Endpoint, login: Login | undefined): Promise<Duplex> {
	let handed = false;
	const client = new Client('http://proxy.invalid', {
		headersTimeout: 0,
		connect: (_options, done) => {
			const first = !handed;
			handed = true;
			queueMicrotask(() => {
				if (first && !socket.destroyed) return done(null, socket as never);
				// Given a socket that is gone, undici would ask for another without end, and nothing else would ever run.
				void client.destroy(socket.errored ?? new ConnectionSpent());
			});
		},
	});
	const { hostname, port } = endpoint;
	const authority = `${hostOf({ scheme: 'https', hostname, port: 443 })}:${port}`;
	const granted = new Promise<Duplex>((resolve, reject) => {
		const decide = (status: number, tunnel?: Duplex) => {
			const refused = refusal(status);
			if (refused || !tunnel)
				reject(refused ?? new ProbeFailure('proxy_error', `the proxy answers ${status} to CONNECT`));
			else resolve(tunnel);
		};
		const handler: Dispatcher.DispatchHandler = {
			// Demanded by undici.
			onRequestStart: () => {},
			onRequestUpgrade: (_controller, status, _headers, tunnel) => decide(status, tunnel),
			onResponseStart: (_controller, status) => decide(status),
			onResponseError: (_controller, error) => reject(asProxyFailure(error)),
		};
		client.dispatch(
			{ method: 'CONNECT', path: authority, headers: { host: authority, ...proxyAuthorization(login) } },
			handler,
		);
	});
	const flooded = Promise.withResolvers<never>();
	const endless = new ProbeFailure('proxy_error', 'the answer of the proxy has no end');
	const stopWatch = watchForFlood(
		socket,
		() => 0,
		() => flooded.reject(endless),
	);
	try {
		return await Promise.race([granted, flooded.promise]);
	} catch (error) {
		socket.destroy();
		client.destroy().catch(() => {});
		throw error;
	} finally {
		stopWatch();
	}
}

function asProxyFailure(error: unknown): ProbeFailure {
	const failure = headFailure(error);
	if (failure.reason === 'connection_reset')
		return new ProbeFailure('connection_reset', 'the proxy reset the connection');
	return new ProbeFailure(
		'proxy_error',
		failure.reason === 'http_closed' ? 'the proxy closed the connection' : 'the answer of the proxy is not HTTP',
	);
}
