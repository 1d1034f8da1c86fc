import type { StageRecord } from '../../../probe/observation.ts';
import type { Measure, StageDescription } from '../../../probe/stage.ts';
import type { TargetState } from '../../../store/targetState.ts';
import { prefixed, type RegistryFamily, type RegistryScrape, type Series } from '../family.ts';

interface Declared {
	readonly stage: StageDescription['name'];
	readonly measure: Measure;
}

/** The measures that are one metric, by the stage that declares them. */
type ByStage = ReadonlyMap<StageDescription['name'], Measure>;

/**
 * The gauges that the stages declare. A metric that several stages declare is one family: where they have the same
 * series to give, the later stage of the path wins. Where a metric has no label `host` it speaks of the whole registry,
 * and of several targets and roles the lowest value wins: a failure is never hidden by a success.
 *
 * Throws `TypeError` when two stages declare one metric differently.
 */
export function measureFamilies(stages: readonly StageDescription[]): readonly RegistryFamily[] {
	const declared = stages.flatMap(({ name, measures }) => measures.map((measure) => ({ stage: name, measure })));
	return [...Map.groupBy(declared, ({ measure }) => measure.metric).values()].map(familyOf);
}

function familyOf(declared: readonly Declared[]): RegistryFamily {
	const [first, ...others] = declared.map(({ measure }) => measure);
	if (!first) throw new TypeError('a metric that no stage declares');
	const { metric, help, labels } = first;
	if (others.some((other) => other.help !== help || other.labels.join() !== labels.join())) {
		throw new TypeError(`the metric ${metric} is declared in different ways`);
	}
	const byStage = new Map(declared.map(({ stage, measure }) => [stage, measure]));
	const names = ['registry', ...labels];
	const combine = labels.includes('host') ? laterWins : lowestWins;
	return {
		name: prefixed(metric),
		type: 'gauge',
		help,
		labels: names,
		series: (scrape) => combine(read(byStage, scrape), names),
	};
}

function read(byStage: ByStage, { states }: RegistryScrape): readonly Series[] {
	return states.flatMap((state) =>
		state.outcomes.flatMap((record) => {
			const measure = byStage.get(record.stage);
			return measure ? samplesOf(measure, state, record) : [];
		}),
	);
}

function samplesOf(measure: Measure, { target }: TargetState, record: StageRecord): readonly Series[] {
	const known: Readonly<Record<string, string>> = {
		registry: target.registry,
		host: target.host,
		role: record.role,
		peer: record.peer,
	};
	return measure.samples(record).map(({ labels, value }) => ({ labels: { ...known, ...labels }, value }));
}

/** Of several series with the same labels, by these names, the last one. */
function laterWins(all: readonly Series[], names: readonly string[]): readonly Series[] {
	if (all.length < 2) return all;
	const identityOf = ({ labels }: Series) => names.map((name) => labels[name]).join('\0');
	return [...new Map(all.map((series) => [identityOf(series), series])).values()];
}

function lowestWins(all: readonly Series[], names: readonly string[]): readonly Series[] {
	return laterWins(
		all.toSorted((a, b) => b.value - a.value),
		names,
	);
}
