import { createDemandProbe, type DemandProbe } from '../../src/commands/demandProbe.ts';
import { openNode } from '../../src/commands/nodeHere.ts';
import type { Discovery } from '../../src/config/config.ts';
import { parseReference } from '../../src/registry/image.ts';
import type { Reference } from '../../src/registry/reference.ts';
import { type Login, Secret } from '../../src/registry/secret.ts';
import { systemClock } from '../../src/schedule/clock.ts';
import type { TargetState } from '../../src/store/targetState.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeNode } from '../fakes/node.ts';
import { configOf, entryOf } from '../plan/settings.ts';

/** Probes on demand on a node that knows this registry, and images of it. */
export interface DemandWorld extends AsyncDisposable {
	readonly demand: DemandProbe;
	/** `team/app:1` in that registry. */
	readonly image: (name: string) => Reference;
}

/** What the regular probes know, and what discovery leaves out. */
export interface DemandSettings {
	readonly states?: () => readonly TargetState[];
	readonly discovery?: Partial<Discovery>;
	/** The configuration does not name the registry. */
	readonly stranger?: boolean;
}

export async function makeDemandWorld(registry: HttpServer, settings: DemandSettings = {}): Promise<DemandWorld> {
	const { states = () => [], discovery, stranger = false } = settings;
	const node = await makeNode();
	const name = `127.0.0.1:${registry.port}`;
	const endpoint = { scheme: registry.scheme, hostname: '127.0.0.1', port: registry.port };
	const usual = configOf();
	const here = await openNode({
		...usual,
		timeout: 2,
		node: { ...usual.node, root: node.root },
		registries: stranger ? [] : [entryOf({ name, endpoint })],
		discovery: { ...usual.discovery, ...discovery },
	});
	const demand = createDemandProbe({ here: () => here, states, clock: systemClock, stoodStillSince: () => 0 });
	return {
		demand,
		image: (path) => parseReference(`${name}/${path}`),
		[Symbol.asyncDispose]: () => node.remove(),
	};
}

export function loginOf(password: string): Login {
	return { username: 'me', password: new Secret(password) };
}
