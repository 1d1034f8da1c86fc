import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdictChanges } from '../annotations.ts';
import { board } from '../board.ts';
import { chosenNodes, everyNode } from '../promql.ts';
import { commonVariables, manyNodes } from '../variables.ts';
import { cost } from './agentCost.ts';
import { running } from './agentRunning.ts';
import { sight } from './agentSight.ts';

/** The agents about themselves: whether what the other boards show can be believed, and what it costs. */
export function agent(): Dashboard {
	return board({
		name: 'agent',
		description: 'Whether the agents run, are configured and are on time, what they cannot see, and what they cost.',
		variables: [...commonVariables(), manyNodes(everyNode)],
		annotations: verdictChanges(chosenNodes('pull_success')),
		sections: [
			{ panels: running() },
			{ title: 'Can it be believed?', panels: sight() },
			{ title: 'What does it cost?', panels: cost() },
		],
	});
}
