import type { Reference } from '../../registry/reference.ts';
import type { TargetState } from '../../store/targetState.ts';
import { type Sighting, sightingsOf } from './sighting.ts';
import type { NodeSight } from './situation.ts';

/** What the regular probes of one registry come to. */
export interface RegistrySight {
	/** Its name in image references. */
	readonly domain: string;
	/** The configured name, value of the label `registry`. */
	readonly registry: string;
	readonly works: boolean;
	/** The faults that a pull would meet; empty where it would succeed. */
	readonly faults: readonly Sighting[];
	/** When the last attempt began, in seconds since the epoch. */
	readonly at: number;
	readonly states: readonly TargetState[];
}

/** The registries of which something is known now. */
export function registriesIn({ states, verdicts, now }: NodeSight): readonly RegistrySight[] {
	const byRegistry = Map.groupBy(states, ({ target }) => target.registry);
	return verdicts.flatMap((verdict) => {
		const { registry, success: works } = verdict;
		const its = (byRegistry.get(registry) ?? []).filter((state) => isFresh(state, now));
		const observations = its.flatMap(({ latest }) => latest ?? []);
		const domain = its[0]?.target.image.domain;
		if (domain === undefined || observations.length === 0) return [];
		const login = its[0]?.target.credentials.source === 'node' ? 'node' : 'none';
		const faults = sightingsOf(verdict, observations, { by: 'probe', login });
		if (!works && faults.length === 0) return [];
		const at = Math.max(...observations.map(({ startedAt }) => startedAt)) / 1000;
		return [{ domain, registry, works, faults, at, states: its }];
	});
}

/** What is known of an image's registry: under its own name, else under whatever name. */
export function registryOf(
	image: Pick<Reference, 'domain'> | undefined,
	registries: readonly RegistrySight[],
): RegistrySight | undefined {
	const named = registries.find(({ registry }) => registry === image?.domain);
	return named ?? registries.find(({ domain }) => domain === image?.domain);
}

/** Not older than two intervals and the time that an attempt may take, or held back by a pause. */
function isFresh({ target, lastAttemptAt, pauses }: TargetState, now: number): boolean {
	if (lastAttemptAt === undefined) return false;
	return pauses.length > 0 || now - lastAttemptAt <= (2 * target.interval + target.attemptTimeout) * 1000;
}
