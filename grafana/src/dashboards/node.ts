import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdictChanges } from '../annotations.ts';
import { board } from '../board.ts';
import { documentsVariable } from '../documents.ts';
import { chosenRegistries, everyNode, oneNode as onNode } from '../promql.ts';
import { commonVariables, manyRegistries, oneNode } from '../variables.ts';
import { names } from './nodeNames.ts';
import { path } from './nodePath.ts';
import { pulls } from './nodePulls.ts';
import { self } from './nodeSelf.ts';
import { trust } from './nodeTrust.ts';
import { summary } from './nodeSummary.ts';

/** Everything that one node sees, in the order in which `check` tells it. */
export function node(): Dashboard {
	return board({
		name: 'node',
		description: 'What one node meets on its way to each registry, stage by stage and host by host.',
		variables: [...commonVariables(), oneNode(everyNode), manyRegistries(onNode), documentsVariable()],
		annotations: verdictChanges(onNode('pull_success', chosenRegistries)),
		sections: [
			{ panels: summary() },
			{ title: 'The path to $registry', repeat: 'registry', panels: path() },
			{ title: 'Names and addresses', panels: names() },
			{ title: 'Certificates, logins and clock', panels: trust() },
			{ title: 'Layers and pulls', panels: pulls() },
			{ title: 'The node itself', panels: self() },
		],
	});
}
