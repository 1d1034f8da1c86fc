import type { PodExplanation } from '../../explain/podExplanation.ts';
import type { PlanDocument } from '../../plan/planDocument.ts';
import type { AgentState } from '../../store/agentState.ts';
import type { TargetState } from '../../store/targetState.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';

/** What the status page of one node is made of. */
export interface PageInput {
	readonly node: string;
	readonly network: string;
	readonly states: readonly TargetState[];
	readonly verdicts: readonly PullVerdict[];
	/** The agent about itself; without it the page is silent about the configuration. */
	readonly agent?: AgentState;
	/** What the node says about pulls; without it the page is silent about it. */
	readonly plan?: PlanDocument;
	/** The pods whose image does not come, worst first; absent where nobody asks for them. */
	readonly pods?: readonly PodExplanation[];
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Of this program. */
	readonly version: string;
	/** The reader wants the page to look again by itself. */
	readonly follow?: boolean;
}
