import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';

import { ApiFailure, asFailure } from '../apiFailure.ts';
import type { Concealing } from '../concealing.ts';
import { valueOf } from './answer.ts';
import { kubeconfigLogin } from './kubeconfigLogin.ts';
import type { KubeConfig } from './library.ts';
import { openTunnel, type TunnelEnd } from './tunnel.ts';

/** The Kubernetes API as a person reaches it. */
export interface RemoteApi {
	/**
	 * The value of an answer of at most `most` characters. Throws `ApiFailure` for every status but 200 and for no answer.
	 * `accept` is a media type (default: JSON).
	 */
	get(
		path: string,
		options: { readonly signal: AbortSignal; readonly most: number; readonly accept?: string },
	): Promise<unknown>;
	/** A connection to a port of a pod, made as `kubectl port-forward` does. Throws `ApiFailure`. */
	tunnel(to: TunnelEnd, signal: AbortSignal): Promise<Duplex>;
}

/**
 * Reaches the API server of the kubeconfig's context, with its proxy, certificates and plug-ins. What is shown to it is taken
 * out of what it says.
 */
export function remoteApi(config: KubeConfig, concealing: Concealing): RemoteApi {
	const { server = '', skipTLSVerify = false, proxyUrl } = config.getCurrentCluster() ?? {};
	const base = URL.parse(server);
	if (!base) throw new ApiFailure('the kubeconfig names no server that could be asked');
	if (base.protocol === 'http:' && !skipTLSVerify && !proxyUrl) {
		throw new ApiFailure('the server of the kubeconfig speaks plain HTTP: that takes insecure-skip-tls-verify: true');
	}
	// Several requests begin at once: a plug-in must not ask a person several times.
	let first: Promise<void> | undefined;
	const login = kubeconfigLogin(config, concealing);
	const ready = () => (first ??= login.apply({ headers: {} }));
	return {
		async get(path, { signal, most, accept = 'application/json' }) {
			const options: RequestOptions = { method: 'GET', headers: { accept, 'user-agent': 'registry-probe' }, signal };
			try {
				await ready();
				await login.apply(options);
				const send = base.protocol === 'http:' ? http.request : https.request;
				const answer = await answerOf(send(`${server.replace(/\/$/, '')}${path}`, options));
				return await valueOf(answer, most, login.conceal);
			} catch (error) {
				throw asFailure(error, login.conceal);
			}
		},
		tunnel: (to, signal) => openTunnel(config, login, to, signal),
	};
}

function answerOf(request: http.ClientRequest): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	request.once('response', resolve);
	request.on('error', reject);
	request.end();
	return promise;
}
