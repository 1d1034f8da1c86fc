import type { AgentState } from '../../store/agentState.ts';
import type { Egress } from '../../store/egress.ts';
import type { TargetState } from '../../store/targetState.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';

/** Everything that a scrape shows of one registry, taken from the store at one moment. */
export interface RegistryScrape {
	readonly states: readonly TargetState[];
	readonly verdicts: readonly PullVerdict[];
	readonly egress: readonly Egress[];
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** One series of a family, without the labels `node` and `network`. */
export interface Series {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/** A metric. */
export interface Family {
	/** The whole name, prefix included; that of a counter ends in `_total`. */
	readonly name: string;
	readonly type: 'gauge' | 'counter';
	/** Ends in a full stop. */
	readonly help: string;
	/** Label names beside `node` and `network`. */
	readonly labels: readonly string[];
}

/** A metric of the agent itself and the rule that reads its series. */
export interface AgentFamily extends Family {
	series(agent: AgentState): readonly Series[];
}

/**
 * A metric of registries and the rule that reads the series of one. They follow from the states, and change with the
 * time only where a state is no longer current or an identity no longer kept.
 */
export interface RegistryFamily extends Family {
	series(scrape: RegistryScrape): readonly Series[];
	/** Series about registries that need not be in the plan. */
	unplanned?(agent: AgentState): readonly Series[];
}

/** A metric's name as it is exported. */
export function prefixed(name: string): string {
	return `registry_probe_${name}`;
}

/** The labels that every series about a target has. */
export function targetLabels({ target }: TargetState): { readonly registry: string; readonly host: string } {
	return { registry: target.registry, host: target.host };
}

/** The names of `targetLabels`. */
export const targetLabelNames = ['registry', 'host'] as const;
