import type { Config } from '../config/config.ts';
import type { Target } from '../plan/target.ts';
import { probe, type AttemptOptions } from '../probe/probe.ts';
import { stages } from '../probe/stages.ts';
import { wellKnownPublic } from '../registry/hosts.ts';
import { bypassesProxy } from '../registry/noProxy.ts';
import { systemClock } from '../schedule/clock.ts';
import { fingerprintOf } from '../schedule/fingerprint.ts';
import { createLoopClock } from '../schedule/loopClock.ts';
import { openPauseFile } from '../schedule/pauseFile.ts';
import { createSchedule, type ScheduleOptions } from '../schedule/schedule.ts';
import type { ListenAddress } from '../server/listen.ts';
import { startServer } from '../server/startServer.ts';
import { createStore, type Store } from '../store/store.ts';
import { createMetricsView, type MetricsView } from '../views/metrics/metricsView.ts';
import { pullVerdicts } from '../verdict/pullVerdict.ts';
import { createContent } from './agentContent.ts';
import { createReload } from './agentReload.ts';
import { createCluster } from './clusterHere.ts';
import type { Log } from './log.ts';
import { type ChangeLog, createChangeLog, recordFields } from './logChanges.ts';
import { openNode } from './nodeHere.ts';
import { nodeState } from './nodeView.ts';
import { plannedDocument } from './planned.ts';
import type { LoginEvents } from './surroundings.ts';
import { version } from './version.ts';

/** What an agent is started with. */
export interface AgentParts {
	/** Reads the configuration afresh; rejects with `ConfigurationError`. */
	readonly load: () => Promise<Config>;
	/** The directory of the state file. */
	readonly state: string | undefined;
	/** As `process.env` gives it: it tells whether this is a pod. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly log: Log;
}

/** An agent that probes and serves. */
export interface RunningAgent {
	readonly address: ListenAddress;
	/** Reads the configuration again; one that cannot be used changes nothing. */
	readonly reload: () => void;
	/** Ends all within 5 s. */
	stop(): Promise<void>;
}

/** Starts an agent, in the order of the flow. Rejects with `ConfigurationError` or `ListenFailed`. */
export async function startAgent({ load, state, environment, log }: AgentParts): Promise<RunningAgent> {
	const config = await load();
	const loop = createLoopClock(systemClock);
	const store = createStore({ judge: (walked) => pullVerdicts(walked, here.view().rules.runtime), proxied });
	const { name: node, network } = config.node;
	const metrics = createMetricsView({ store, stages, node, network, version });
	const changes = createChangeLog(log);
	const stopping = new AbortController();
	const events = { ...loginReports(store, changes), signal: stopping.signal };
	const cluster = createCluster({
		environment,
		node,
		log,
		onSync: (at) => store.setClusterSync(at),
		onNode: () => tellNode(),
		onRegistries: () => show(),
	});
	let here = await openNode(config, events, cluster.discovered);
	const tellNode = () => store.setNode({ ...nodeState(here.view(), here.config.node.root), ...cluster.node() });

	const schedule = createSchedule({
		node,
		loop,
		pauses: openPauseFile(state, systemClock, (detail) => log.warn(detail)),
		gentle: ({ endpoint }) => wellKnownPublic.has(endpoint.hostname),
		fingerprint: (target) => here.surroundings.logins(target).then(fingerprintOf, () => 'none'),
		probe: (target, options) => probe(target, here.surroundings, { ...options, ...tellStages(target, log) }),
		...reportsTo(store, changes, metrics),
	});

	const server = await startServer({
		listen: config.listen,
		content: createContent({ config, metrics, store, loop, version, plan: () => plannedDocument(here) }),
		onError: (error) => log.error('answer failed', { error: String(error) }),
	});
	const show = () => {
		const targets = here.targets();
		const faults = here.faults(targets);
		store.setPlan(targets);
		store.setNodeFaults(faults);
		changes.keep(targets);
		changes.node(faults);
		tellNode();
		schedule.update(targets);
	};
	let unwatch = () => {};
	const watching = await createReload({ load, log, store, first: config }, async (next) => {
		if (next !== config) here = await openNode(next, events, cluster.discovered);
		await cluster.configure(next.discovery);
		show();
		unwatch();
		unwatch = here.watch(show, (error) => log.error('the node cannot be read', { error: String(error) }));
	});

	return {
		address: server.address,
		reload: watching.reload,
		async stop() {
			watching.stop();
			unwatch();
			cluster.stop();
			stopping.abort();
			await Promise.all([schedule.stop(), server.close()]);
			loop.stop();
		},
	};
}

type Reports = Pick<ScheduleOptions, 'record' | 'onError' | 'onRepeat' | 'onDrop' | 'setPauses' | 'onLag'>;

/** What the schedule tells goes to the store, and to the log where something changed. */
function reportsTo(store: Store, changes: ChangeLog, metrics: MetricsView): Reports {
	return {
		record(_target, observation, hold) {
			store.record(observation, hold);
			changes.path(observation);
			changes.pulls(store.verdicts(observation.registry));
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
function loginReports(store: Store, changes: ChangeLog): LoginEvents {
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

function proxied({ proxy, endpoint, noProxy }: Target): boolean {
	return proxy !== undefined && !bypassesProxy(endpoint, noProxy);
}

/** Every stage as a line, where that much is asked for. */
function tellStages({ registry, host }: Target, log: Log): Pick<AttemptOptions, 'onRecord'> {
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
