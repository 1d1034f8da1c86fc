import type { NodeFault } from '../node/fault.ts';
import type { Target } from '../plan/target.ts';
import type { Observation } from '../probe/observation.ts';
import type { PullVerdict, Walked } from '../verdict/pullVerdict.ts';
import {
	type AgentState,
	type ConfigurationState,
	type FailingPulls,
	type NodeState,
	type PullSecretState,
	providersKept,
	type RepeatCause,
} from './agentState.ts';
import { egressKept, egressOf, type Egress } from './egress.ts';
import { countRequests, enter, newEntry, replan, type Entry } from './entry.ts';
import type { Hold, LoginState, PauseCause, TargetState } from './targetState.ts';

/** What views may read. */
export interface StoreReader {
	/** The targets of the plan, in its order. */
	states(): readonly TargetState[];
	/** Whether pulls would succeed, by registry; of one registry only where it is named. */
	verdicts(registry?: string): readonly PullVerdict[];
	/** The identities that registries saw within the last hour before `now` (milliseconds since the epoch). */
	egress(now: number): readonly Egress[];
	agent(): AgentState;
}

/** The latest of everything that views show: the only mutable state that they see. All of it is bounded. */
export interface Store extends StoreReader {
	/** Takes over a plan: a target that stays (by id) keeps counters, pauses and history; one that is gone vanishes whole. */
	setPlan(targets: readonly Target[]): void;
	/** Takes in one attempt, made under `hold`. One on a target that is no longer planned is dropped. */
	record(observation: Observation, hold?: Hold): void;
	setPauses(targetId: string, causes: readonly PauseCause[]): void;
	/** Takes in which login a target has now; undefined for none. */
	setLogin(targetId: string, login: LoginState | undefined): void;
	/** Takes in one run of a credential provider. */
	recordProvider(run: { readonly provider: string; readonly seconds: number; readonly failed: boolean }): void;
	setConfiguration(configuration: ConfigurationState): void;
	setNodeFaults(faults: readonly NodeFault[]): void;
	setScheduleLag(seconds: number): void;
	setNode(node: NodeState): void;
	/** Takes in when the pods were known as the API server knows them; undefined when it is no longer asked. */
	setClusterSync(at: number | undefined): void;
	setPullSecrets(secrets: readonly PullSecretState[]): void;
	/** Takes in how many pods wait for an image; undefined when pods are no longer explained. */
	setFailingPulls(pulls: readonly FailingPulls[] | undefined): void;
	countStrangeMessage(): void;
	/** Counts the requests of an attempt that is not recorded. */
	countRequests(observation: Observation): void;
	/** Counts an attempt that was repeated instead of recorded. */
	countRepeat(cause: RepeatCause): void;
}

/** What the store is told from outside its room. */
export interface StoreOptions {
	/** The rule from observations to verdicts: `pullVerdicts`. It looks at each registry for itself. */
	readonly judge: (walked: readonly Walked[]) => readonly PullVerdict[];
	/** Whether a target's registry is reached through its proxy: it has one, and NO_PROXY does not except it. */
	readonly proxied: (target: Target) => boolean;
}

/** The targets of one registry, and what they come to. */
interface Group {
	readonly entries: readonly Entry[];
	verdicts: readonly PullVerdict[];
}

/** An empty store. */
export function createStore({ judge, proxied }: StoreOptions): Store {
	let entries = new Map<string, Entry>();
	let groups = new Map<string, Group>();
	let identities = new Map<string, Egress>();
	let agent: AgentState = { nodeFaults: [], scheduleLagSeconds: 0, repeats: { stall: 0, lag: 0 } };
	let revisions = 0;

	const change = (targetId: string, how: (entry: Entry) => void): Entry | undefined => {
		const entry = entries.get(targetId);
		if (!entry) return undefined;
		how(entry);
		entry.revision = ++revisions;
		return entry;
	};

	return {
		states: () => [...entries.values()],
		verdicts(registry) {
			if (registry !== undefined) return groups.get(registry)?.verdicts ?? [];
			return [...groups.values()].flatMap(({ verdicts }) => verdicts);
		},
		egress: (now) => [...identities.values()].filter(({ at }) => now - at <= egressKept),
		agent: () => agent,
		setPlan(targets) {
			entries = new Map(targets.map((target) => [target.id, planned(entries.get(target.id), target, proxied(target))]));
			for (const entry of entries.values()) entry.revision = ++revisions;
			const byRegistry = Map.groupBy(entries.values(), ({ target }) => target.registry);
			groups = new Map([...byRegistry].map(([name, its]) => [name, { entries: its, verdicts: judge(its) }]));
			identities = new Map([...identities].filter(([registry]) => groups.has(registry)));
		},
		record(observation, hold = {}) {
			const changed = change(observation.target, (entry) => enter(entry, observation, hold));
			const group = changed && groups.get(changed.target.registry);
			if (!group) return;
			group.verdicts = judge(group.entries);
			const egress = egressOf(observation);
			if (egress) identities.set(egress.registry, egress);
		},
		setPauses(targetId, causes) {
			change(targetId, (entry) => {
				entry.pauses = [...new Set(causes)];
			});
		},
		setLogin(targetId, login) {
			const before = entries.get(targetId)?.login;
			if (before?.source === login?.source && before?.notAfter === login?.notAfter) return;
			change(targetId, (entry) => {
				if (login) entry.login = login;
				else delete entry.login;
			});
		},
		recordProvider({ provider, seconds, failed }) {
			const before = agent.providers?.get(provider)?.failures ?? 0;
			const others = [...(agent.providers ?? [])].filter(([name]) => name !== provider).slice(1 - providersKept);
			agent = { ...agent, providers: new Map([...others, [provider, { seconds, failures: before + Number(failed) }]]) };
		},
		setConfiguration(configuration) {
			agent = { ...agent, configuration };
		},
		setNodeFaults(nodeFaults) {
			agent = { ...agent, nodeFaults };
		},
		setScheduleLag(seconds) {
			agent = { ...agent, scheduleLagSeconds: seconds };
		},
		setNode(node) {
			agent = { ...agent, node };
		},
		setClusterSync(at) {
			const { clusterSyncedAt: _, ...others } = agent;
			agent = { ...others, ...(at !== undefined && { clusterSyncedAt: at }) };
		},
		setPullSecrets(pullSecrets) {
			agent = { ...agent, pullSecrets };
		},
		setFailingPulls(failingPulls) {
			const { failingPulls: _, ...others } = agent;
			agent = { ...others, ...(failingPulls && { failingPulls }) };
		},
		countStrangeMessage() {
			agent = { ...agent, strangeMessages: (agent.strangeMessages ?? 0) + 1 };
		},
		countRequests(observation) {
			change(observation.target, (entry) => countRequests(entry, observation));
		},
		countRepeat(cause) {
			agent = { ...agent, repeats: { ...agent.repeats, [cause]: agent.repeats[cause] + 1 } };
		},
	};
}

function planned(entry: Entry | undefined, target: Target, proxied: boolean): Entry {
	if (!entry) return newEntry(target, proxied);
	replan(entry, target, proxied);
	return entry;
}
