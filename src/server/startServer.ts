import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerOptions,
	type ServerResponse,
} from 'node:http';
import { limitConnections } from './admission.ts';
import { sentence, write } from './answer.ts';
import { defaultLimits, type ServerLimits } from './limits.ts';
import { listen, type ListenAddress } from './listen.ts';
import { createReception } from './reception.ts';
import { answerTo, type Content } from './routes.ts';
import type { KeyPair, SecureServer } from './secureServer.ts';

const headBytes = 8192;

export interface ServerSettings {
	readonly listen: ListenAddress;
	/** Absent: plain HTTP. */
	readonly tls?: KeyPair | undefined;
	readonly content: Content;
	/** Is told why an answer could not be made; the client is only told that it could not. */
	readonly onError: (error: unknown) => void;
	readonly limits?: Partial<ServerLimits>;
}

/** A server that listens. */
export interface RunningServer {
	/** Where it listens, with the port that it got. */
	readonly address: ListenAddress;
	/** Shows another certificate from now on; throws for one that cannot be used. Without TLS it does nothing. */
	renew(pair: KeyPair): void;
	/** Stops listening and lets answers under way end, within the time that the limits give. */
	close(): Promise<void>;
}

/** Serves the content over HTTP until it is closed. Throws `ListenFailed` when the address cannot be had. */
export async function startServer({
	listen: at,
	tls,
	content,
	onError,
	...more
}: ServerSettings): Promise<RunningServer> {
	const limits = { ...defaultLimits, ...more.limits };
	const receive = createReception(limits, (request, response) => answer(request, response, { content, onError }));
	const { server, renew } = await serverFor(tls, optionsFor(limits), (request, response) => {
		if (!server.listening) response.setHeader('connection', 'close');
		receive(request, response);
	});
	server.timeout = limits.silence;
	limitConnections(server, limits);
	const address = await listen(server, at);
	server.on('error', onError);
	return { address, renew, close: () => close(server, limits) };
}

/** TLS is loaded only where it is spoken. */
async function serverFor(
	tls: KeyPair | undefined,
	options: ServerOptions,
	receive: RequestListener,
): Promise<SecureServer> {
	if (!tls) return { server: createServer(options, receive), renew: () => {} };
	const { createSecureServer } = await import('./secureServer.ts');
	return createSecureServer(options, tls, receive);
}

function optionsFor({ headTimeout }: ServerLimits): ServerOptions {
	return {
		maxHeaderSize: headBytes,
		headersTimeout: headTimeout,
		requestTimeout: headTimeout,
		connectionsCheckingInterval: Math.min(1000, headTimeout),
	};
}

async function close(server: Server, { drain }: ServerLimits): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	const cut = setTimeout(() => server.closeAllConnections(), drain);
	await closed;
	clearTimeout(cut);
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	{ content, onError }: Pick<ServerSettings, 'content' | 'onError'>,
): Promise<void> {
	try {
		await write(response, await answerTo(request, content));
	} catch (error) {
		onError(error);
		if (response.headersSent) response.destroy();
		else await write(response, sentence(500, 'The answer could not be made; the log of the agent says why.'));
	}
}
