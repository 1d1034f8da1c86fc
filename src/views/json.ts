import type { Observation, StageRecord } from '../probe/observation.ts';
import type { PullVerdict } from '../verdict/pullVerdict.ts';
import { delaySecondsOf } from './words/lateness.ts';

/** What the observations document is made from: the store's, or those of one `check`. */
export interface ObservationsInput {
	/** The node's name. */
	readonly node: string;
	readonly pulls: readonly PullVerdict[];
	readonly observations: readonly Observation[];
}

/** The document of `check --output json` and `/api/v1/observations`, described by docs/observations.schema.json. */
export interface ObservationsDocument {
	readonly version: 1;
	readonly node: string;
	readonly pulls: readonly ShownPull[];
	readonly observations: readonly ShownObservation[];
}

type ShownPull = Pick<PullVerdict, 'registry' | 'image' | 'success' | 'via' | 'blame'> & {
	/** What the pull would lose before it succeeds. */
	readonly delaySeconds?: number;
};

type ShownObservation = Pick<Observation, 'registry' | 'host' | 'image' | 'seconds' | 'success' | 'records'> & {
	/** RFC 3339, in UTC. */
	readonly startedAt: string;
};

/** The document, with the fields that its schema names and no others. */
export function observationsDocument({ node, pulls, observations }: ObservationsInput): ObservationsDocument {
	return { version: 1, node, pulls: pulls.map(shownPull), observations: observations.map(shownObservation) };
}

function shownPull(verdict: PullVerdict): ShownPull {
	const { registry, image, success, via, blame } = verdict;
	const delaySeconds = delaySecondsOf(verdict);
	return {
		registry,
		image,
		success,
		...(delaySeconds > 0 && { delaySeconds }),
		...(via !== undefined && { via }),
		...(blame && { blame }),
	};
}

function shownObservation(observation: Observation): ShownObservation {
	const { registry, host, image, startedAt, seconds, success, records } = observation;
	return {
		registry,
		host,
		image,
		startedAt: new Date(startedAt).toISOString(),
		seconds,
		success,
		records: records.map(shownRecord),
	};
}

function shownRecord(record: StageRecord): StageRecord {
	const { role, stage, peer, seconds, facts } = record;
	const tried = { role, stage, peer, ...(seconds !== undefined && { seconds }) };
	const learned = facts ? { facts } : {};
	if (record.outcome === 'success') return { ...tried, outcome: record.outcome, ...learned };
	return { ...tried, outcome: record.outcome, reason: record.reason, detail: record.detail, ...learned };
}
