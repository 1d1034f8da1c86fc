import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdictChanges } from '../annotations.ts';
import { board } from '../board.ts';
import { documentsVariable } from '../documents.ts';
import { everyNode, oneRegistry as ofOne } from '../promql.ts';
import { commonVariables, manyZones, oneRegistry } from '../variables.ts';
import { hosts } from './registryHosts.ts';
import { speed } from './registrySpeed.ts';
import { standing } from './registryStanding.ts';

/** One registry, as all nodes and zones see it. */
export function registry(): Dashboard {
	return board({
		name: 'registry',
		description:
			'One registry, from all nodes and zones: who reaches it, who does not, how fast it is, who answers for it.',
		variables: [...commonVariables(), oneRegistry(everyNode), manyZones(everyNode), documentsVariable()],
		annotations: verdictChanges(everyNode('pull_success', ofOne)),
		sections: [
			{ panels: standing() },
			{ title: 'How fast is it?', panels: speed() },
			{ title: 'Which hosts answer for it?', panels: hosts() },
		],
	});
}
