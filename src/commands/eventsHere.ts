import type { ApiAccess } from '../cluster/access.ts';
import { reportEvents } from '../cluster/reportEvents.ts';
import type { ExplainedPods } from './explainedPods.ts';
import { eventsOf } from './explanationEvents.ts';
import type { Log } from './log.ts';
import { tellTrouble } from './tellTrouble.ts';

/** What Events are written with, and about. */
export interface EventParts {
	readonly access: ApiAccess;
	readonly node: string;
	readonly log: Log;
	readonly explanations: ExplainedPods['explanations'];
}

/** Writes Events about the pods of this node, and the node, until it is stopped. */
export function openEvents({ access, node, log, explanations }: EventParts): { stop(): void } {
	const stopping = new AbortController();
	const trouble = tellTrouble(log, { ill: 'Events cannot be written', well: 'Events are written again' });
	const wishes = () => eventsOf(explanations(), node);
	const report = { access, node, wishes, onWritten: trouble.well, onFailure: trouble.ill };
	void reportEvents(report, { signal: stopping.signal });
	return { stop: () => stopping.abort() };
}
