import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, type Listener } from '../fakes/listener.ts';

/** How an answer begins; its body does not end. */
export interface Beginning {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface EndlessServer extends Listener {
	/** Bytes of the body that a client has taken, by request. */
	readonly taken: readonly { readonly method: string; readonly path: string; readonly bytes: () => number }[];
}

/** So small, and so far apart, that little of it is under way when the client has had enough. */
const chunk = Buffer.alloc(16 * 1024, ' ');
const apart = 2;
/** More than any bound: who takes that much has none. */
const most = 8 * 1024 * 1024;

/** A server whose bodies do not end before the client goes. A HEAD is answered without one. */
export async function startEndless(answer: (request: IncomingMessage) => Beginning): Promise<EndlessServer> {
	const taken: { method: string; path: string; bytes: () => number }[] = [];
	const server = createServer((request, response) => {
		const { method = '', url = '' } = request;
		const { status, headers = {} } = answer(request);
		response.writeHead(status, headers);
		let bytes = 0;
		taken.push({ method, path: url, bytes: () => bytes });
		const pour = async () => {
			while (!response.destroyed && bytes < most) {
				const failure = await new Promise((resolve) => response.write(chunk, resolve));
				if (failure instanceof Error) return;
				bytes += chunk.length;
				await sleep(apart);
			}
		};
		if (method === 'HEAD') response.end();
		else void pour();
	});
	const listener = await listen(server);
	return { ...listener, taken };
}
