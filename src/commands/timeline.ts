import { uptime } from 'node:os';

import type { Change } from '../explain/podExplanation.ts';
import { routesIn, type Trait, traitsIn } from '../explain/trait.ts';
import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import { printable } from '../registry/redact.ts';

/** What changed about the registries of this node since the agent was started, and when the node was. */
export interface Timeline {
	/** Takes in an attempt of the regular probes. */
	see(observation: Observation): void;
	/** Takes in what is probed from now on. */
	plan(targets: readonly Target[]): void;
	/** What changed around a registry, by its name in images; oldest first. */
	readonly around: (domain: string) => readonly Change[];
}

/** Changes that are kept, and traits that are watched. */
const mostChanges = 200;
const mostTraits = 1000;
/** Values of one trait that count as known. */
const mostValues = 64;
const longestText = 300;

interface Known {
	readonly last: readonly string[];
	readonly all: ReadonlySet<string>;
}

/** A timeline on which nothing has changed yet. */
export function createTimeline(): Timeline {
	const known = new Map<string, Known>();
	const started: Change = { at: Date.now() / 1000 - uptime(), text: 'the node was started' };
	let changes: readonly (Change & { readonly domain: string })[] = [];

	const note = (domain: string, trait: Trait, at: number) => {
		const before = known.get(trait.subject);
		remember(known, trait, before);
		if (!before || trait.values.some((value) => before.all.has(value))) return;
		const text = printable(trait.told(before.last), longestText);
		changes = [...changes, { domain, at, text }].slice(-mostChanges);
	};
	return {
		see(observation) {
			const [domain = ''] = observation.image.split('/', 1);
			for (const trait of traitsIn(observation)) note(domain, trait, observation.startedAt / 1000);
		},
		plan(targets) {
			for (const [domain, trait] of routesIn(targets)) note(domain, trait, Date.now() / 1000);
		},
		around: (domain) => [
			started,
			...changes.filter((change) => change.domain === domain).map(({ at, text }) => ({ at, text })),
		],
	};
}

function remember(known: Map<string, Known>, { subject, values, alternating }: Trait, before: Known | undefined): void {
	const all = alternating ? [...(before?.all ?? []), ...values] : values;
	known.delete(subject);
	known.set(subject, { last: values, all: new Set(all.slice(-mostValues)) });
	for (const oldest of known.keys()) if (known.size > mostTraits) known.delete(oldest);
}
