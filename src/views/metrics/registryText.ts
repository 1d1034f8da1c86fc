import type { Egress } from '../../store/egress.ts';
import type { StoreReader } from '../../store/store.ts';
import type { TargetState } from '../../store/targetState.ts';
import { isCurrent } from '../current.ts';
import type { RegistryFamily } from './family.ts';
import type { Chunk } from './sheet.ts';
import { chunkOf } from './text.ts';

/** One chunk for each family; undefined where the registry has no series of it. */
export type RegistryText = readonly (Chunk | undefined)[];

/** What a text was written from: the same numbers, the same text. */
interface Stamp {
	/** The newest revision of the registry's targets. */
	readonly revision: number;
	/** States that are current and identities that are kept: without a new revision they only ever become fewer. */
	readonly lasting: number;
}

/** Gives the texts of all registries of the plan at a moment, in milliseconds since the epoch. */
export type ReadTexts = (now: number) => readonly RegistryText[];

/**
 * Writes what the store knows of each registry, and writes it again only after something changed: a scrape must not
 * hold up what is being timed meanwhile. `common`: the labels that all series have, as text.
 */
export function createRegistryTexts(
	store: StoreReader,
	families: readonly RegistryFamily[],
	common: string,
): ReadTexts {
	let known = new Map<string, { readonly stamp: Stamp; readonly text: RegistryText }>();
	return (now) => {
		const identities = Map.groupBy(store.egress(now), ({ registry }) => registry);
		const present: typeof known = new Map();
		for (const [registry, states] of Map.groupBy(store.states(), ({ target }) => target.registry)) {
			const egress = identities.get(registry) ?? [];
			const stamp = stampOf(states, egress, now);
			const before = known.get(registry);
			const unchanged = before?.stamp.revision === stamp.revision && before.stamp.lasting === stamp.lasting;
			const write = () => {
				const verdicts = store.verdicts(registry);
				return {
					stamp,
					text: families.map((family) => chunkOf(family, family.series({ states, verdicts, egress, now }), common)),
				};
			};
			present.set(registry, unchanged ? before : write());
		}
		known = present;
		return [...known.values()].map(({ text }) => text);
	};
}

function stampOf(states: readonly TargetState[], egress: readonly Egress[], now: number): Stamp {
	let revision = 0;
	let lasting = egress.length;
	for (const state of states) {
		if (state.revision > revision) revision = state.revision;
		if (isCurrent(state, now)) lasting += 1;
	}
	return { revision, lasting };
}
