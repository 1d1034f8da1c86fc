import { createServer, type ServerResponse } from 'node:http';
import { listen, type Listener } from '../fakes/listener.ts';

/** Another agent that meets the same: its scrapes with another node's name. */
export interface Twin {
	/** `127.0.0.1:4711`. */
	readonly of: string;
	readonly node: string;
	readonly as: string;
}

/** Serves what the agent serves, as the agent of a node of another name. */
export function startTwin({ of, node, as }: Twin): Promise<Listener> {
	const server = createServer((_, response) => {
		fetch(`http://${of}/metrics`)
			.then((answer) => answer.text())
			.then((text) => send(response, text.replaceAll(`{node="${node}"`, `{node="${as}"`)))
			.catch(() => response.destroy());
	});
	return listen(server);
}

/** Serves a text again and again. */
export function startText(text: () => Promise<string>): Promise<Listener> {
	const server = createServer((_, response) => {
		text()
			.then((body) => send(response, body))
			.catch(() => response.destroy());
	});
	return listen(server);
}

/** Prometheus 3 reads nothing whose type is not told. */
function send(response: ServerResponse, text: string): void {
	response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(text);
}
