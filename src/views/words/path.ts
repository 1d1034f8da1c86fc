import type { Target } from '../../plan/target.ts';
import type { Observation, Role, StageName, StageRecord } from '../../probe/observation.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';

export type FailureRecord = Extract<StageRecord, { readonly outcome: 'failure' }>;

/** The stages that were walked at one host without leaving it. */
export interface Leg {
	readonly role: Role;
	readonly peer: string;
	readonly records: readonly StageRecord[];
}

/** The path of one attempt as people see it. */
export interface Path {
	/** In the order of the pull; a host that is returned to has several. */
	readonly legs: readonly Leg[];
	/** Where the path broke. */
	readonly broken?: FailureRecord;
	/** The stages that were not reached because of it, as far as they are known to exist. */
	readonly ahead: readonly StageName[];
}

/** The parts of an attempt that its path is made of; without the host nothing of a verdict holds for it. */
type Walked = Pick<Observation, 'records'> & Partial<Pick<Observation, 'host'>>;

/** Puts the records of an attempt under the hosts that they belong to, as a pull would meet them by its verdict. */
export function pathOf(target: Target, observation: Walked, verdict?: PullVerdict): Path {
	const records = recordsOfPull(observation, verdict);
	const broken = records.find((record) => record.outcome === 'failure');
	return { legs: legsOf(records), ahead: [], ...(broken && { broken, ahead: stagesAhead(target, records, broken) }) };
}

/**
 * The records of an attempt, and where a pull would be refused though the attempt was not, a failure in place of that
 * record: what is asked here takes nothing of a quota, a pull does.
 */
function recordsOfPull({ host, records }: Walked, verdict: PullVerdict | undefined): readonly StageRecord[] {
	const blame = verdict?.blame;
	if (!blame || blame.host !== host || records.some(({ outcome }) => outcome === 'failure')) return records;
	return records.map((record): StageRecord => {
		if (record.role !== blame.role || record.stage !== blame.stage) return record;
		return { ...record, outcome: 'failure', reason: blame.reason, detail: 'nothing is left of the quota' };
	});
}

function legsOf(records: readonly StageRecord[]): readonly Leg[] {
	const legs: (Leg & { readonly records: StageRecord[] })[] = [];
	for (const record of records) {
		const last = legs.at(-1);
		if (last?.role === record.role && last.peer === record.peer) last.records.push(record);
		else legs.push({ role: record.role, peer: record.peer, records: [record] });
	}
	return legs;
}

const pullStages = ['challenge', 'token', 'manifest', 'blob'] as const;

/** The pull stage that a connection to a role's host was asked for. */
const askedBy = { registry: 'challenge', token: 'token', redirect: 'manifest', blob: 'blob' } as const;

function stagesAhead(target: Target, records: readonly StageRecord[], broken: FailureRecord): readonly StageName[] {
	const connecting =
		broken.stage === 'dns' || broken.stage === 'tcp' || broken.stage === 'proxy' || broken.stage === 'tls';
	const from = connecting
		? pullStages.indexOf(askedBy[broken.role])
		: pullStages.findIndex((stage) => stage === broken.stage) + 1;
	const walked = new Set(records.map(({ stage }) => stage));
	const pull = pullStages.slice(from).filter((stage) => !walked.has(stage) && exists(stage, target, records));
	return [...(connecting ? connectAhead(target, broken) : []), ...pull];
}

function connectAhead(target: Target, { stage }: FailureRecord): readonly StageName[] {
	const tls: readonly StageName[] = target.endpoint.scheme === 'https' && stage !== 'tls' ? ['tls'] : [];
	return stage === 'dns' ? ['tcp', ...tls] : tls;
}

/** Whether a pull would get to this stage: a token is asked for only by registries that hand out Bearer challenges. */
function exists(stage: StageName, target: Target, records: readonly StageRecord[]): boolean {
	if (stage === 'blob') return target.blob !== undefined;
	if (stage !== 'token') return true;
	return records.some((record) => record.role === 'token' || record.facts?.['scheme'] === 'bearer');
}
