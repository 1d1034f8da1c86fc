import type { StageRecord } from '../probe/observation.ts';
import type { Hold } from './targetState.ts';

/** The records by role and stage: of several hosts in one role and stage a failure wins, else the last. */
export function outcomesOf(records: readonly StageRecord[]): readonly StageRecord[] {
	const outcomes = new Map<string, StageRecord>();
	for (const record of records) {
		const pair = `${record.role} ${record.stage}`;
		if (outcomes.get(pair)?.outcome !== 'failure' || record.outcome === 'failure') outcomes.set(pair, record);
	}
	return [...outcomes.values()];
}

/** What is known of the stages that an attempt can be told to leave out, one record for each role and stage. */
export type Remembered = readonly StageRecord[];

/**
 * The records that held stages keep: those remembered that this hold leaves out and that the attempt did not walk all
 * the same. An attempt that broke keeps none: it would not have reached them.
 */
export function keptRecords(
	walked: readonly StageRecord[],
	remembered: Remembered,
	hold: Hold,
): readonly StageRecord[] {
	if (walked.some(({ outcome }) => outcome === 'failure')) return [];
	return remembered.filter((record) => leavesOut(hold, record) && !walked.some((fresh) => samePair(fresh, record)));
}

/**
 * Whether a kept record speaks in the verdict. Under the floor of the quota the stages that move bytes do not apply; a
 * login that was rejected is still a rejected one.
 */
export function isJudged(record: StageRecord, hold: Hold): boolean {
	return !(hold.floor === true && isOfBlob(record));
}

/**
 * What is remembered after an attempt. A whole, successful walk replaces it, so that roles which a registry gave up are
 * forgotten; any other attempt changes only what it walked.
 */
export function remember(walked: readonly StageRecord[], remembered: Remembered, whole: boolean): Remembered {
	const fresh = outcomesOf(walked).filter((record) => leavesOut({ floor: true, credentials: true }, record));
	if (whole) return fresh;
	return [...remembered.filter((record) => !fresh.some((other) => samePair(other, record))), ...fresh];
}

function leavesOut(hold: Hold, record: StageRecord): boolean {
	const { role, stage } = record;
	if (hold.credentials === true) return isOfBlob(record) || role !== 'registry' || stage === 'manifest';
	return hold.floor === true && isOfBlob(record);
}

function isOfBlob({ role, stage }: StageRecord): boolean {
	return role === 'blob' || stage === 'blob';
}

function samePair(a: StageRecord, b: StageRecord): boolean {
	return a.role === b.role && a.stage === b.stage;
}
