import type { StageRecord } from '../../../probe/observation.ts';
import type { TargetState } from '../../../store/targetState.ts';
import {
	prefixed,
	targetLabelNames,
	targetLabels,
	type RegistryFamily,
	type RegistryScrape,
	type Series,
} from '../family.ts';

const stageLabelNames = [...targetLabelNames, 'role', 'stage'];

const stageSuccess: RegistryFamily = {
	name: prefixed('stage_success'),
	type: 'gauge',
	help: 'Whether a stage of the last attempt succeeded; absent where it was not reached.',
	labels: stageLabelNames,
	series: (scrape) =>
		fromOutcomes(scrape, (state, record) => ({
			labels: stageLabels(state, record),
			value: Number(record.outcome === 'success'),
		})),
};

const stageDuration: RegistryFamily = {
	name: prefixed('stage_duration_seconds'),
	type: 'gauge',
	help: 'How long a stage of the last attempt took, without the connections that it asked for.',
	labels: stageLabelNames,
	series: (scrape) =>
		fromOutcomes(scrape, (state, record) =>
			record.seconds === undefined ? undefined : { labels: stageLabels(state, record), value: record.seconds },
		),
};

const stageFailure: RegistryFamily = {
	name: prefixed('stage_failure'),
	type: 'gauge',
	help: 'Present while the last attempt failed in this stage, with the reason.',
	labels: [...stageLabelNames, 'reason'],
	series: (scrape) =>
		fromOutcomes(scrape, (state, record) =>
			record.outcome === 'failure'
				? { labels: { ...stageLabels(state, record), reason: record.reason }, value: 1 }
				: undefined,
		),
};

const roleHostInfo: RegistryFamily = {
	name: prefixed('role_host_info'),
	type: 'gauge',
	help: 'Which host played a role in the last attempt.',
	labels: [...targetLabelNames, 'role', 'peer'],
	series: ({ states }) =>
		states.flatMap((state) =>
			[...Map.groupBy(state.outcomes, ({ role }) => role)].map(([role, records]) => ({
				labels: { ...targetLabels(state), role, peer: playerOf(records) },
				value: 1,
			})),
		),
};

/** Each stage of the last attempt. */
export const stageFamilies: readonly RegistryFamily[] = [stageSuccess, stageDuration, stageFailure, roleHostInfo];

/** The series of all outcomes of all targets that have one. */
function fromOutcomes(
	{ states }: RegistryScrape,
	read: (state: TargetState, record: StageRecord) => Series | undefined,
): readonly Series[] {
	return states.flatMap((state) => state.outcomes.flatMap((record) => read(state, record) ?? []));
}

function stageLabels(state: TargetState, { role, stage }: StageRecord): Readonly<Record<string, string>> {
	return { ...targetLabels(state), role, stage };
}

/** Of several hosts in one role the one that failed, else the last: a CDN that changes its hosts adds no series. */
function playerOf(records: readonly StageRecord[]): string {
	return (records.find(({ outcome }) => outcome === 'failure') ?? records.at(-1))?.peer ?? '';
}
