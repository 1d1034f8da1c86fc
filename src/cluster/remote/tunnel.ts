import { Duplex, PassThrough } from 'node:stream';

import { type KubeConfig, PortForward, WebSocketHandler } from './library.ts';

import { ApiFailure } from '../apiFailure.ts';
import type { KubeconfigLogin } from './kubeconfigLogin.ts';

/** A port of a pod. */
export interface TunnelEnd {
	readonly namespace: string;
	readonly pod: string;
	readonly port: number;
}

/** What is used of the WebSocket that the library hands out. */
interface Socket {
	on(event: 'close' | 'error', listener: (...args: readonly unknown[]) => void): void;
	terminate(): void;
}

/**
 * A connection to a port of a pod through the API server and the kubelet: to the program there it comes from loopback. The
 * signal ends it at any time. Throws `ApiFailure`: where it may not or cannot be made.
 */
export async function openTunnel(
	config: KubeConfig,
	login: KubeconfigLogin,
	to: TunnelEnd,
	signal: AbortSignal,
): Promise<Duplex> {
	const [toPod, fromPod, complaint] = [new PassThrough(), new PassThrough(), new PassThrough()];
	// Streams of its own: the handler would end this program's output where the server closes a stream.
	const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
	const handler = new WebSocketHandler(ending(config, login, signal), undefined, streams);
	const forward = new PortForward(config, true, handler);
	let socket: Socket;
	try {
		socket = (await forward.portForward(
			to.namespace,
			to.pod,
			[to.port],
			fromPod,
			complaint,
			toPod,
		)) as unknown as Socket;
	} catch (error) {
		throw refused(error, login, to);
	}
	const tunnel = Duplex.from({ readable: fromPod, writable: toPod });
	let told = '';
	complaint.setEncoding('utf8').on('data', (text: string) => {
		told = (told + text).slice(0, 1000);
		tunnel.destroy(new ApiFailure(shortened(login.conceal(told), to)));
	});
	const cut = () => socket.terminate();
	signal.addEventListener('abort', cut, { once: true });
	socket.on('error', () => fromPod.end());
	socket.on('close', () => {
		signal.removeEventListener('abort', cut);
		fromPod.end();
	});
	tunnel.once('close', cut);
	if (signal.aborted) cut();
	return tunnel;
}

/** The configuration, with its logins kept from call to call, but with requests that the signal ends. */
function ending(config: KubeConfig, login: KubeconfigLogin, signal: AbortSignal): KubeConfig {
	const applyToHTTPSOptions: KubeConfig['applyToHTTPSOptions'] = async (options) => {
		await login.apply(options);
		Object.assign(options, { signal });
	};
	return Object.create(config, { applyToHTTPSOptions: { value: applyToHTTPSOptions } }) as KubeConfig;
}

/** The handler rejects with an event, whose message is that of the WebSocket: `Unexpected server response: 403`. */
function refused(error: unknown, { conceal }: KubeconfigLogin, { namespace }: TunnelEnd): ApiFailure {
	if (error instanceof ApiFailure) return error;
	const said =
		typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
	const [, digits] = /^Unexpected server response: (\d{3})$/.exec(said) ?? [];
	if (digits === undefined) return new ApiFailure(conceal(said));
	const status = Number(digits);
	const right = `create and get on pods/portforward in the namespace ${namespace}`;
	return new ApiFailure(status === 403 ? `status 403: you need the right to ${right}` : `status ${status}`, { status });
}

/** The kubelet repeats pod and uid in front of what happened, and the runtime where it is. */
function shortened(told: string, { port }: TunnelEnd): string {
	if (/connection refused/.test(told)) return `nothing listens on its port ${port}`;
	const [, why = told] = /error forwarding port \d+ to pod \S+, uid \S*: (.+)$/s.exec(told) ?? [];
	return why;
}
