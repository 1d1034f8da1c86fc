import type { StageRecord } from '../../../probe/observation.ts';
import type { Measure, StageDescription } from '../../../probe/stage.ts';
import type { TargetState } from '../../../store/targetState.ts';
import { prefixed, type Family, type Scrape, type Series } from '../family.ts';

interface Declared {
	readonly stage: StageDescription['name'];
	readonly measure: Measure;
}

/**
 * The gauges that the stages declare. A metric that several stages declare is one family: where they have the same
 * series to give, the later stage of the path wins. Where a metric has no label `host` it speaks of the whole registry,
 * and of several targets and roles the lowest value wins: a failure is never hidden by a success.
 *
 * Throws `TypeError` when two stages declare one metric differently.
 */
export function measureFamilies(stages: readonly StageDescription[]): readonly Family[] {
	const declared = stages.flatMap(({ name, measures }) => measures.map((measure) => ({ stage: name, measure })));
	return [...Map.groupBy(declared, ({ measure }) => measure.metric).values()].map(familyOf);
}

function familyOf(declared: readonly Declared[]): Family {
	const [first, ...others] = declared.map(({ measure }) => measure);
	if (!first) throw new TypeError('a metric that no stage declares');
	const { metric, help, labels } = first;
	if (others.some((other) => other.help !== help || other.labels.join() !== labels.join())) {
		throw new TypeError(`the metric ${metric} is declared in different ways`);
	}
	const combine = labels.includes('host') ? laterWins : lowestWins;
	return {
		name: prefixed(metric),
		type: 'gauge',
		help,
		labels: ['registry', ...labels],
		series: (scrape) => combine(read(declared, scrape)),
	};
}

function read(declared: readonly Declared[], { states }: Scrape): readonly Series[] {
	return states.flatMap((state) =>
		state.outcomes.flatMap((record) =>
			declared
				.filter(({ stage }) => stage === record.stage)
				.flatMap(({ measure }) => samplesOf(measure, state, record)),
		),
	);
}

function samplesOf(measure: Measure, { target }: TargetState, record: StageRecord): readonly Series[] {
	const known: Readonly<Record<string, string>> = { host: target.host, role: record.role, peer: record.peer };
	return measure.samples(record).map(({ labels, value }) => {
		const named = measure.labels.map((label) => [label, labels[label] ?? known[label] ?? '']);
		return { labels: { registry: target.registry, ...Object.fromEntries(named) }, value };
	});
}

function laterWins(all: readonly Series[]): readonly Series[] {
	return [...new Map(all.map((series) => [identityOf(series), series])).values()];
}

function lowestWins(all: readonly Series[]): readonly Series[] {
	return laterWins(all.toSorted((a, b) => b.value - a.value));
}

/** The labels of one family always stand in the same order. */
function identityOf({ labels }: Series): string {
	return Object.values(labels).join('\0');
}
