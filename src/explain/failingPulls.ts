import type { FailingPulls } from '../store/agentState.ts';
import type { PodExplanation } from './podExplanation.ts';

/** Registries that nobody probes and that still have a name of their own. */
const mostStrangers = 20;
const others = 'other';

/**
 * How many pods wait for an image, by registry, cause and what that rests on. `known` are the configured names of registries
 * by their names in images. Of other registries, which a tenant may have mistyped, those with the most pods are named.
 */
export function failingPulls(
	explanations: readonly PodExplanation[],
	known: ReadonlyMap<string, string>,
): readonly FailingPulls[] {
	const labels = labelsOf(explanations, known);
	const labelled = explanations.map((explanation) => ({
		registry: labels.get(explanation.registry ?? '') ?? others,
		explanation,
	}));
	const groups = Map.groupBy(labelled, ({ registry, explanation: { cause, explained } }) =>
		JSON.stringify([registry, cause, explained]),
	);
	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const { registry, explanation } = first;
		const { cause, explained } = explanation;
		return [{ registry, cause, explained, pods: new Set(group.map((one) => one.explanation.uid)).size }];
	});
}

function labelsOf(
	explanations: readonly PodExplanation[],
	known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
	const strange = explanations.flatMap(({ registry }) =>
		registry === undefined || known.has(registry) ? [] : [registry],
	);
	const counted = [...Map.groupBy(strange, (registry) => registry)].map(([registry, all]) => ({
		registry,
		count: all.length,
	}));
	const named = counted
		.toSorted((a, b) => b.count - a.count || (a.registry < b.registry ? -1 : 1))
		.slice(0, mostStrangers);
	return new Map([...known, ...named.map(({ registry }) => [registry, registry] as const)]);
}
