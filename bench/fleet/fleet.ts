import { createServer } from 'node:http';
import { listen } from '../../test/fakes/listener.ts';
import { answerOf, quota, type Identity } from './template.ts';

/** How many zones a fleet has, and how many sources its nodes go out by. */
const [zones, sources] = [3, 20];

/** A fault, begun at a time of `Date.now()`. */
export interface Fault {
	readonly name: string;
	readonly begunAt: number;
	/** The registry that fails, and where. */
	readonly registry?: string;
	readonly hits?: (identity: Identity) => boolean;
	/** The source whose quota drains, by so many pulls in a second. */
	readonly draining?: { readonly source: string; readonly perSecond: number };
}

/** The nodes of a fleet, served by one process. */
export interface Fleet extends AsyncDisposable {
	readonly port: number;
	readonly identities: readonly Identity[];
	/** Takes the place of what the real agents told before. */
	tell(texts: readonly string[]): void;
	begin(faults: readonly Fault[]): void;
}

export function identityOf(at: number, nodes: number): Identity {
	return {
		node: `node-${at + 1}`,
		zone: `zone-${Math.floor((at * zones) / nodes) + 1}`,
		source: `203.0.113.${at % sources}`,
	};
}

/** Starts a server that answers `/1` to `/NODES` as the agents of so many nodes would. */
export async function startFleet(nodes: number): Promise<Fleet> {
	const identities = Array.from({ length: nodes }, (_, at) => identityOf(at, nodes));
	let texts: readonly string[] = [];
	let faults: readonly Fault[] = [];
	const server = await listen(
		createServer((request, response) => {
			const at = Number(request.url?.slice(1)) - 1;
			const identity = identities[at];
			const text = texts[at % texts.length];
			// Prometheus 3 takes no text without it.
			response.setHeader('content-type', 'text/plain; version=0.0.4');
			if (!identity || text === undefined) response.writeHead(503).end();
			else response.end(answerOf(text, identity, injected(identity, faults)));
		}),
	);
	return {
		port: server.port,
		identities,
		tell: (told) => void (texts = told),
		begin: (begun) => void (faults = begun),
		[Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose](),
	};
}

function injected(identity: Identity, faults: readonly Fault[]): { failing: ReadonlySet<string>; remaining: number } {
	const failing = new Set(
		faults.flatMap(({ registry, hits }) => (registry !== undefined && hits?.(identity) === true ? registry : [])),
	);
	const drain = faults.find(({ draining }) => draining?.source === identity.source);
	const spent = drain?.draining ? ((Date.now() - drain.begunAt) / 1000) * drain.draining.perSecond : 0;
	const before = drain ? 0.3 : 0.9;
	return { failing, remaining: Math.max(0, quota.limit * before - spent) };
}
