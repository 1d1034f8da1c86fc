import type { Target } from '../plan/target.ts';
import type { Observation, StageRecord } from '../probe/observation.ts';
import { isJudged, keptRecords, outcomesOf, remember, type Remembered } from './held.ts';
import { expectedPairs } from './pairs.ts';
import { withFailures } from './pastFailures.ts';
import { historyLength } from './targetState.ts';
import type {
	Hold,
	LoginState,
	Pair,
	PastFailure,
	PauseCause,
	RequestKind,
	Summary,
	TargetState,
} from './targetState.ts';

/** The state of one target as the store writes it. */
export interface Entry extends TargetState {
	target: Target;
	revision: number;
	latest?: Observation;
	outcomes: readonly StageRecord[];
	attempts: number;
	readonly failures: Map<Pair, number>;
	readonly requests: Map<RequestKind, number>;
	lastAttemptAt?: number;
	lastSuccessAt?: number;
	pauses: readonly PauseCause[];
	login?: LoginState;
	history: readonly Summary[];
	lastFailures: readonly PastFailure[];
	/** What stages that can be held found when they were last walked. */
	remembered: Remembered;
}

/** A target before its first attempt. */
export function newEntry(target: Target, proxied: boolean): Entry {
	return {
		target,
		revision: 0,
		outcomes: [],
		attempts: 0,
		failures: new Map(expectedPairs(target, proxied).map((pair) => [pair, 0])),
		requests: new Map(),
		pauses: [],
		history: [],
		lastFailures: [],
		remembered: [],
	};
}

/** Takes over a plan in which the target stayed: counters and history go on. */
export function replan(entry: Entry, target: Target, proxied: boolean): void {
	entry.target = target;
	for (const pair of expectedPairs(target, proxied)) count(entry.failures, pair, 0);
}

/** Takes in one attempt that was made under `hold`. */
export function enter(entry: Entry, observation: Observation, hold: Hold): void {
	const kept = keptRecords(observation.records, entry.remembered, hold);
	const success =
		observation.success && kept.every((record) => record.outcome === 'success' || !isJudged(record, hold));
	const latest = { ...observation, success, records: [...observation.records, ...kept] };
	const endedAt = observation.startedAt + observation.seconds * 1000;
	const whole = observation.success && hold.floor !== true && hold.credentials !== true;

	entry.latest = latest;
	entry.outcomes = outcomesOf(latest.records);
	entry.remembered = remember(observation.records, entry.remembered, whole);
	entry.lastAttemptAt = endedAt;
	if (success) entry.lastSuccessAt = endedAt;
	entry.history = [...entry.history, summaryOf(latest)].slice(-historyLength);
	entry.lastFailures = withFailures(entry.lastFailures, observation);
	countAttempt(entry, observation);
}

function countAttempt(entry: Entry, observation: Observation): void {
	entry.attempts += 1;
	for (const { role, stage, outcome } of observation.records) {
		count(entry.failures, `${role} ${stage}`, outcome === 'failure' ? 1 : 0);
	}
	countRequests(entry, observation);
}

/** Counts what an attempt sent, whether or not the attempt itself counts. */
export function countRequests(entry: Entry, { requests }: Observation): void {
	for (const { role, method } of requests) count(entry.requests, `${role} ${method}`, 1);
}

function count<Key>(counts: Map<Key, number>, key: Key, by: number): void {
	counts.set(key, (counts.get(key) ?? 0) + by);
}

function summaryOf({ startedAt: at, seconds, success, records }: Observation): Summary {
	const broken = records.find((record) => record.outcome === 'failure');
	if (success || !broken) return { at, seconds, success };
	return { at, seconds, success, role: broken.role, stage: broken.stage, reason: broken.reason };
}
