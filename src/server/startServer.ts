import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import { sentence, write } from './answer.ts';
import { listen, type ListenAddress } from './listen.ts';
import { answerTo, type Content } from './routes.ts';

/** Bounds of what clients may take. */
export interface ServerLimits {
	/** Open connections; one more is refused, after idle ones were closed for the next. */
	readonly connections: number;
	/** Milliseconds for the head of a request. */
	readonly headTimeout: number;
	/** Milliseconds without a byte in either direction, after which a connection is cut. */
	readonly silence: number;
	/** Milliseconds that answers under way have when the server closes. */
	readonly drain: number;
}

const defaultLimits: ServerLimits = { connections: 128, headTimeout: 5000, silence: 15_000, drain: 1000 };

const headBytes = 8192;

export interface ServerSettings {
	readonly listen: ListenAddress;
	readonly content: Content;
	/** Is told why an answer could not be made; the client is only told that it could not. */
	readonly onError: (error: unknown) => void;
	readonly limits?: Partial<ServerLimits>;
}

/** A server that listens. */
export interface RunningServer {
	/** Where it listens, with the port that it got. */
	readonly address: ListenAddress;
	/** Stops listening and lets answers under way end, within the time that the limits give. */
	close(): Promise<void>;
}

/** Serves the content over HTTP until it is closed. Throws `ListenFailed` when the address cannot be had. */
export async function startServer({ listen: at, content, onError, ...more }: ServerSettings): Promise<RunningServer> {
	const limits = { ...defaultLimits, ...more.limits };
	const server = createServer(optionsFor(limits), (request, response) => {
		if (!server.listening || carriesBody(request)) response.setHeader('connection', 'close');
		void answer(request, response, { content, onError });
	});
	server.maxConnections = limits.connections;
	server.timeout = limits.silence;
	server.on('drop', () => server.closeIdleConnections());
	const address = await listen(server, at);
	server.on('error', onError);

	return {
		address,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			const cut = setTimeout(() => server.closeAllConnections(), limits.drain);
			await closed;
			clearTimeout(cut);
		},
	};
}

function optionsFor({ headTimeout }: ServerLimits): ServerOptions {
	return {
		maxHeaderSize: headBytes,
		headersTimeout: headTimeout,
		requestTimeout: headTimeout,
		connectionsCheckingInterval: Math.min(1000, headTimeout),
	};
}

/** A body is not read: the connection ends with the answer. */
function carriesBody({ headers }: IncomingMessage): boolean {
	return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
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
