import type { Egress } from '../../store/egress.ts';
import type { StoreReader } from '../../store/store.ts';
import type { TargetState } from '../../store/targetState.ts';
import { isCurrent } from '../current.ts';
import type { RegistryFamily } from './family.ts';
import type { Chunk } from './sheet.ts';
import type { Writer } from './writer.ts';

/** One chunk for each family; undefined where the registry has no series of it. */
export type RegistryText = readonly (Chunk | undefined)[];

/** What a text was written from: the same numbers, the same text. */
interface Stamp {
	/** The newest revision of the registry's targets. */
	readonly revision: number;
	/** States that are current and identities that are kept: without a new revision they only ever become fewer. */
	readonly lasting: number;
}

interface Known {
	readonly stamp: Stamp;
	readonly text: RegistryText;
}

/**
 * What the store knows of each registry, as text. It is written again only after something changed: a scrape must not
 * hold up what is being timed meanwhile.
 */
export class RegistryTexts {
	readonly #store: StoreReader;
	readonly #families: readonly RegistryFamily[];
	readonly #writer: Writer;
	#known = new Map<string, Known>();

	constructor(store: StoreReader, families: readonly RegistryFamily[], writer: Writer) {
		this.#store = store;
		this.#families = families;
		this.#writer = writer;
	}

	/** Writes one registry, where something changed; `now` in milliseconds since the epoch. */
	async refresh(registry: string, now: number): Promise<void> {
		const states = this.#store.states().filter(({ target }) => target.registry === registry);
		if (states.length > 0) this.#known.set(registry, await this.#knownOf(registry, states, now));
	}

	/** The texts of all registries of the plan. */
	async read(now: number): Promise<readonly RegistryText[]> {
		const present = new Map<string, Known>();
		for (const [registry, states] of Map.groupBy(this.#store.states(), ({ target }) => target.registry))
			present.set(registry, await this.#knownOf(registry, states, now));
		this.#known = present;
		return [...present.values()].map(({ text }) => text);
	}

	async #knownOf(registry: string, states: readonly TargetState[], now: number): Promise<Known> {
		const egress = this.#store.egress(now).filter((identity) => identity.registry === registry);
		const stamp = stampOf(states, egress, now);
		const before = this.#known.get(registry);
		if (before?.stamp.revision === stamp.revision && before.stamp.lasting === stamp.lasting) return before;
		const scrape = { states, verdicts: this.#store.verdicts(registry), egress, now };
		const chunks = this.#families.map((family) => this.#writer.chunkOf(family, family.series(scrape)));
		return { stamp, text: await Promise.all(chunks) };
	}
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
