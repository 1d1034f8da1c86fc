import { createServer } from 'node:http';
import { listen, type Listener } from '../../../test/fakes/listener.ts';

/** A node that meets what a real agent meets. */
export interface Likeness {
	readonly node: string;
	readonly zone: string;
	/** The real agent: its node, and where it serves. */
	readonly of: { readonly name: string; readonly listen: string };
}

/** Serves at `/NODE` what the agent that it is like says of itself, under the name and zone of the node. */
export function startReplay(nodes: readonly Likeness[]): Promise<Listener> {
	const byPath = new Map(nodes.map((each) => [`/${each.node}`, each]));
	const server = createServer((request, response) => {
		const like = byPath.get(request.url ?? '');
		if (!like) response.writeHead(404).end();
		else
			told(like).then(
				(text) => response.end(text),
				() => response.destroy(),
			);
	});
	return listen(server);
}

async function told({ node, zone, of }: Likeness): Promise<string> {
	const text = await (await fetch(`http://${of.listen}/metrics`)).text();
	return text.replaceAll(`node="${of.name}"`, `node="${node}"`).replaceAll(/\bzone="[^"]*"/g, `zone="${zone}"`);
}
