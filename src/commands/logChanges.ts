import type { NodeFault } from '../node/fault.ts';
import type { ProviderRun } from '../credentials/provider.ts';
import type { Target } from '../plan/target.ts';
import type { Observation, StageRecord } from '../probe/observation.ts';
import type { PauseCause } from '../schedule/pauses.ts';
import type { PullVerdict } from '../verdict/pullVerdict.ts';
import type { Log, LogFields } from './log.ts';

/** Tells what changed, never what stayed: one line for each change of a path, of a pull or of a pause. */
export interface ChangeLog {
	/** Takes note of an attempt on a target. */
	path(observation: Observation): void;
	/** Takes note of an attempt that could not be made because of a bug of ours. */
	bug(target: Target, error: unknown): void;
	/** Takes note of present verdicts, one for each registry that they are about. */
	pulls(verdicts: readonly PullVerdict[]): void;
	pauses(target: Target, causes: readonly PauseCause[]): void;
	/** Takes note of a run of a credential provider. */
	provider(run: ProviderRun): void;
	/** Takes note of what is wrong with the node's own pull configuration. */
	node(faults: readonly NodeFault[]): void;
	/** Forgets all targets but these. */
	keep(targets: readonly Target[]): void;
}

/** What was last told, by target or by registry. */
interface Told {
	readonly paths: Map<string, string>;
	readonly notes: Map<string, string>;
	readonly pulls: Map<string, string>;
	readonly pauses: Map<string, readonly PauseCause[]>;
	/** Why each provider fails. */
	readonly providers: Map<string, string>;
	/** What is wrong with the node. */
	readonly faults: Set<string>;
}

/** A change log that has told nothing yet. */
export function createChangeLog(log: Log): ChangeLog {
	const told: Told = {
		paths: new Map(),
		notes: new Map(),
		pulls: new Map(),
		pauses: new Map(),
		providers: new Map(),
		faults: new Set(),
	};
	return {
		path(observation) {
			tellPath(log, told, observation);
			tellNote(log, told, observation);
		},
		bug: (target, error) => tellBug(log, told, target, error),
		pulls: (verdicts) => verdicts.forEach((verdict) => tellPull(log, told, verdict)),
		pauses: (target, causes) => tellPauses(log, told, target, causes),
		provider: (run) => tellProvider(log, told, run),
		node: (faults) => tellNode(log, told, faults),
		keep(targets) {
			const ids = new Set(targets.map(({ id }) => id));
			const registries = new Set(targets.map(({ registry }) => registry));
			for (const id of told.paths.keys()) if (!ids.has(id)) told.paths.delete(id);
			for (const id of told.notes.keys()) if (!ids.has(id)) told.notes.delete(id);
			for (const id of told.pauses.keys()) if (!ids.has(id)) told.pauses.delete(id);
			for (const registry of told.pulls.keys()) if (!registries.has(registry)) told.pulls.delete(registry);
		},
	};
}

/** One record as fields of a line. */
export function recordFields(record: StageRecord): LogFields {
	const { role, stage, peer, seconds, outcome } = record;
	const failure = outcome === 'failure' ? { reason: record.reason, detail: record.detail } : {};
	return { role, stage, peer, seconds: seconds === undefined ? undefined : Number(seconds.toFixed(6)), ...failure };
}

function tellPath(log: Log, { paths }: Told, { target, registry, host, records, success }: Observation): void {
	const broken = success ? undefined : records.findLast(({ outcome }) => outcome === 'failure');
	const now = broken?.outcome === 'failure' ? `${broken.role} ${broken.stage} ${broken.reason}` : String(success);
	const before = paths.get(target);
	if (now === before) return;
	paths.set(target, now);
	if (success) log.info(before === undefined ? 'path works' : 'path works again', { registry, host });
	else log.warn('path fails', { registry, host, ...(broken && recordFields(broken)) });
}

/** What an attempt left out though nothing failed: a default layer that the registry no longer knows. */
function tellNote(log: Log, { notes }: Told, { target, registry, host, records }: Observation): void {
	const manifest = records.find(({ stage }) => stage === 'manifest');
	if (manifest?.outcome !== 'success') return;
	const note = manifest.facts?.['blobSkipped'];
	if (typeof note !== 'string') notes.delete(target);
	else if (notes.get(target) !== note) {
		notes.set(target, note);
		log.warn('no layer is read', { registry, host, detail: note });
	}
}

function tellBug(log: Log, { paths }: Told, { id, registry, host }: Target, error: unknown): void {
	const now = String(error);
	if (now === paths.get(id)) return;
	paths.set(id, now);
	log.error('attempt cannot be made', { registry, host, error: now });
}

function tellPull(log: Log, { pulls }: Told, { registry, image, success, via, blame }: PullVerdict): void {
	const now = success ? 'succeeds' : `fails ${blame?.host} ${blame?.role} ${blame?.stage} ${blame?.reason}`;
	const before = pulls.get(registry);
	if (now === before) return;
	pulls.set(registry, now);
	if (!success) log.error('pulls fail', { registry, image, ...blame });
	else if (before !== undefined) log.info('pulls succeed again', { registry, image, via });
}

function tellPauses(log: Log, { pauses }: Told, target: Target, causes: readonly PauseCause[]): void {
	const { id, registry, host } = target;
	const before = pauses.get(id) ?? [];
	pauses.set(id, causes);
	for (const cause of causes) if (!before.includes(cause)) log.info('pause begins', { registry, host, cause });
	for (const cause of before) if (!causes.includes(cause)) log.info('pause ends', { registry, host, cause });
}

/** More at once are rubbish in one file, which `plan` shows in full. */
const mostFaults = 50;

function tellNode(log: Log, { faults: told }: Told, faults: readonly NodeFault[]): void {
	const now = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
	const fresh = [...now].filter(([key]) => !told.has(key)).slice(0, mostFaults);
	for (const [, { file, line, fault, detail }] of fresh) log.warn('node configuration', { file, line, fault, detail });
	if (told.size > 0 && now.size === 0) log.info('node configuration is in order again');
	told.clear();
	for (const key of now.keys()) told.add(key);
}

function tellProvider(log: Log, { providers }: Told, { provider, seconds, failed }: ProviderRun): void {
	const before = providers.get(provider);
	if (failed === before) return;
	if (failed === undefined) {
		providers.delete(provider);
		log.info('credential provider works again', { provider });
	} else {
		providers.set(provider, failed);
		log.warn('credential provider fails', { provider, detail: failed, seconds: Number(seconds.toFixed(3)) });
	}
}
