import type { ApiAccess } from '../cluster/access.ts';
import { ConditionReporter } from '../cluster/conditionReporter.ts';
import type { NodeCondition } from '../cluster/nodeCondition.ts';
import { printable } from '../registry/redact.ts';
import type { PullVerdict } from '../verdict/pullVerdict.ts';
import { Reachability, type ReachabilityRules, type Unreachable } from '../verdict/reachability.ts';
import type { Log } from './log.ts';
import { tellTrouble } from './tellTrouble.ts';

/** What the condition is kept up with. */
export interface ConditionParts {
	readonly access: ApiAccess;
	readonly node: string;
	readonly log: Log;
	/** Seconds for which a registry must fail until the condition says so. */
	readonly after: number;
	/** The registries that count. */
	readonly registries: readonly string[];
}

/** The condition of this node, kept up to date until it is stopped. */
export interface ConditionHere {
	/** Goes on with another patience, in seconds. */
	use(after: number): void;
	/** Only these registries count from now on. */
	keep(registries: readonly string[]): void;
	/** Takes in verdicts after an attempt. */
	see(verdicts: readonly PullVerdict[]): void;
	/** `off`: the condition goes. `stopped`: it says that nobody looks any more. Within two seconds. */
	stop(why: 'off' | 'stopped'): Promise<void>;
}

/** Milliseconds: an agent that is told to stop has five seconds in all. */
const patience = 2000;
/** Registries that are named. */
const mostNamed = 3;

/** What an agent leaves behind: `True` would be a lie, and `False` might keep pods away for ever. */
const abandoned: NodeCondition = {
	status: 'Unknown',
	reason: 'AgentStopped',
	message: 'The agent on this node was stopped: nobody looks at its registries.',
};

export function openCondition({ access, node, log, after, registries }: ConditionParts): ConditionHere {
	const reachability = new Reachability(rulesFor(after));
	reachability.keep(registries);
	const trouble = tellTrouble(log, {
		ill: 'the node condition cannot be written',
		well: 'the node condition is written again',
	});
	const reporter = new ConditionReporter({
		access,
		node,
		wanted: () => conditionOf(reachability),
		onWritten: trouble.well,
		onFailure: trouble.ill,
	});
	return {
		use(seconds) {
			reachability.rules = rulesFor(seconds);
		},
		keep: (names) => reachability.keep(names),
		see(verdicts) {
			for (const verdict of verdicts) reachability.see(verdict, performance.now(), Date.now());
		},
		stop: (why) => reporter.stop(why === 'off' ? 'nothing' : abandoned, patience),
	};
}

function rulesFor(after: number): ReachabilityRules {
	return { after: after * 1000, again: after * 250 };
}

/** The condition that the node should have; undefined while nothing is known. */
export function conditionOf({ count, known, unreachable }: Reachability): NodeCondition | undefined {
	if (count === 0) {
		const message = 'No registry counts: none is configured, and those of pods do not.';
		return { status: 'Unknown', reason: 'NoRegistries', message };
	}
	if (unreachable.length > 0) {
		const rest = unreachable.length - mostNamed;
		const named = unreachable.slice(0, mostNamed).map(inWords);
		const message = [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
		return { status: 'False', reason: 'RegistryUnreachable', message: printable(message, 1000) };
	}
	if (!known) return undefined;
	return { status: 'True', reason: 'RegistriesReachable', message: 'Pulls reach every registry that is configured.' };
}

function inWords({ registry, blame: { host, role, stage, reason }, since }: Unreachable): string {
	const at = new Date(since).toISOString().replace(/\.\d+/, '');
	return `${registry}: ${host} fails at ${stage} (role ${role}, ${reason}) since ${at}`;
}
