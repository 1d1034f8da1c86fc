import type { AgentState } from '../../store/agentState.ts';
import type { Egress } from '../../store/egress.ts';
import type { TargetState } from '../../store/targetState.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';

/** Everything that one scrape shows, taken from the store at one moment. */
export interface Scrape {
	readonly states: readonly TargetState[];
	readonly verdicts: readonly PullVerdict[];
	readonly egress: readonly Egress[];
	readonly agent: AgentState;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** One series of a family, without the labels `node` and `network`. */
export interface Series {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/** A metric and the rule that reads its series from a scrape. */
export interface Family {
	/** The whole name, prefix included. */
	readonly name: string;
	readonly type: 'gauge' | 'counter';
	/** Ends in a full stop. */
	readonly help: string;
	/** Label names beside `node` and `network`. */
	readonly labels: readonly string[];
	series(scrape: Scrape): readonly Series[];
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
