import type { Target } from '../plan/target.ts';
import type { AttemptOptions } from '../probe/probe.ts';
import { bypassesProxy } from '../registry/noProxy.ts';
import type { ScheduleOptions } from '../schedule/schedule.ts';
import type { Store } from '../store/store.ts';
import type { MetricsView } from '../views/metrics/metricsView.ts';
import type { ClusterWriting } from './clusterWriting.ts';
import type { Log } from './log.ts';
import { type ChangeLog, recordFields } from './logChanges.ts';
import type { LoginEvents } from './surroundings.ts';
import type { Timeline } from './timeline.ts';

type Reports = Pick<ScheduleOptions, 'record' | 'onError' | 'onRepeat' | 'onDrop' | 'setPauses' | 'onLag'>;

interface ReportParts {
	readonly store: Store;
	readonly changes: ChangeLog;
	readonly metrics: MetricsView;
	readonly writing: ClusterWriting;
	readonly timeline: Timeline;
}

/** What the schedule tells goes to the store, and to the log where something changed. */
export function reportsTo({ store, changes, metrics, writing, timeline }: ReportParts): Reports {
	return {
		record(_target, observation, hold) {
			store.record(observation, hold);
			changes.path(observation);
			const verdicts = store.verdicts(observation.registry);
			changes.pulls(verdicts);
			writing.see(verdicts);
			timeline.see(observation);
			// In a turn of its own, and not while somebody waits for a scrape.
			setImmediate(() => void metrics.refresh(observation.registry));
		},
		onError: (target, error) => changes.bug(target, error),
		onRepeat(_target, observation, cause) {
			store.countRepeat(cause);
			store.countRequests(observation);
		},
		onDrop: (_target, observation) => store.countRequests(observation),
		setPauses(target, causes) {
			store.setPauses(target.id, causes);
			changes.pauses(target, causes);
		},
		onLag: (seconds) => store.setScheduleLag(seconds),
	};
}

/** What is told about logins goes the same ways. */
export function loginReports(store: Store, changes: ChangeLog): LoginEvents {
	return {
		onLogin({ id }, login) {
			const { source = 'unknown', notAfter } = login ?? {};
			store.setLogin(id, login && { source, ...(notAfter !== undefined && { notAfter }) });
		},
		onRun(run) {
			store.recordProvider({ provider: run.provider, seconds: run.seconds, failed: run.failed !== undefined });
			changes.provider(run);
		},
	};
}

/** Whether a target is reached through its proxy: it has one, and NO_PROXY does not except it. */
export function proxied({ proxy, endpoint, noProxy }: Target): boolean {
	return proxy !== undefined && !bypassesProxy(endpoint, noProxy);
}

/** Every stage as a line, where that much is asked for. */
export function tellStages({ registry, host }: Target, log: Log): Pick<AttemptOptions, 'onRecord'> {
	if (log.level !== 'debug') return {};
	return {
		onRecord: (record) =>
			log.debug(record.outcome === 'success' ? 'stage succeeds' : 'stage fails', {
				registry,
				host,
				...recordFields(record),
			}),
	};
}
