import type { Config } from '../config/config.ts';
import { probe } from '../probe/probe.ts';
import { stages } from '../probe/stages.ts';
import { wellKnownPublic } from '../registry/hosts.ts';
import { systemClock } from '../schedule/clock.ts';
import { fingerprintOf } from '../schedule/fingerprint.ts';
import { createLoopClock } from '../schedule/loopClock.ts';
import { openPauseFile } from '../schedule/pauseFile.ts';
import { createSchedule } from '../schedule/schedule.ts';
import type { ListenAddress } from '../server/listen.ts';
import { startServer } from '../server/startServer.ts';
import { createStore } from '../store/store.ts';
import { createMetricsView } from '../views/metrics/metricsView.ts';
import { pullVerdicts } from '../verdict/pullVerdict.ts';
import { createContent } from './agentContent.ts';
import { createReload } from './agentReload.ts';
import { loginReports, proxied, reportsTo, tellStages } from './agentReports.ts';
import { openAuthentication } from './authentication.ts';
import { createCluster } from './clusterHere.ts';
import { createWriting } from './clusterWriting.ts';
import { createDemandProbe } from './demandProbe.ts';
import { createExplainedPods } from './explainedPods.ts';
import { readKeyPair, renewListener } from './listenerKeys.ts';
import type { Log } from './log.ts';
import { createChangeLog } from './logChanges.ts';
import { openNode } from './nodeHere.ts';
import { nodeState } from './nodeView.ts';
import { plannedDocument } from './planned.ts';
import { createTimeline } from './timeline.ts';
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
	const pauses = openPauseFile(state, systemClock, (detail) => log.warn(detail));
	const demand = createDemandProbe({
		here: () => here,
		states: () => store.states(),
		clock: systemClock,
		stoodStillSince: (moment) => loop.stoodStillSince(moment),
	});
	const [explained, timeline] = [createExplainedPods(), createTimeline()];
	const cluster = createCluster({
		environment,
		node,
		log,
		onSync: (at) => store.setClusterSync(at),
		onNode: () => tellNode(),
		onRegistries: () => show(),
		secrets: { demand, pauses, clock: systemClock, onStates: (states) => store.setPullSecrets(states) },
		explaining: { demand, store, explained, changed: timeline.around },
	});
	const writing = createWriting({ environment, node, log, explanations: explained.explanations });
	let here = await openNode(config, events, cluster.discovered);
	const tellNode = () => store.setNode({ ...nodeState(here.view(), here.config.node.root), ...cluster.node() });

	const schedule = createSchedule({
		node,
		loop,
		pauses,
		gentle: ({ endpoint }) => wellKnownPublic.has(endpoint.hostname),
		fingerprint: (target) => here.surroundings.logins(target).then(fingerprintOf, () => 'none'),
		probe: (target, options) => probe(target, here.surroundings, { ...options, ...tellStages(target, log) }),
		...reportsTo({ store, changes, metrics, writing, timeline }),
	});

	const authorize = await openAuthentication(config, { environment, log, signal: stopping.signal });
	const content = createContent({
		config,
		metrics,
		store,
		loop,
		version,
		plan: () => plannedDocument(here),
		pods: explained.explanations,
	});
	const server = await startServer({
		listen: config.listen,
		tls: config.tls && (await readKeyPair(config.tls)),
		content: { ...content, ...(authorize && { authorize }) },
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
		writing.plan(targets);
		timeline.plan(targets);
		schedule.update(targets);
	};
	let unwatch = () => {};
	const watching = await createReload({ load, log, store, first: config }, async (next) => {
		if (config.tls && next.tls && next !== config) await renewListener(server, next.tls, log);
		if (next !== config) here = await openNode(next, events, cluster.discovered);
		await cluster.configure(next);
		show();
		await writing.configure(next);
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
			await Promise.all([writing.stop(), schedule.stop(), server.close()]);
			loop.stop();
		},
	};
}
