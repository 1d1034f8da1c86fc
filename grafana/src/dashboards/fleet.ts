import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdictChanges } from '../annotations.ts';
import { board } from '../board.ts';
import { documentsVariable } from '../documents.ts';
import { chosenNodes, chosenRegistries, everyNode } from '../promql.ts';
import { commonVariables, manyNodes, manyRegistries, manyZones } from '../variables.ts';
import { places, verdict, whole } from './fleetVerdict.ts';
import { causes, failingNodes, nodesByRegistries } from './fleetNodes.ts';

/** All nodes and all registries: who is to blame, and where to look next. */
export function fleet(): Dashboard {
	return board({
		name: 'fleet',
		description:
			'Would pulls succeed on all nodes, and if not: is it single nodes, a zone, an egress address, or the registry?',
		variables: [
			...commonVariables(),
			manyZones(everyNode),
			manyNodes(everyNode),
			manyRegistries(everyNode),
			documentsVariable(),
		],
		annotations: verdictChanges(chosenNodes('pull_success', chosenRegistries)),
		sections: [
			{ panels: [verdict(), ...whole(), ...places()] },
			{ title: 'Which nodes, and why?', panels: [failingNodes(), nodesByRegistries()] },
			{ title: 'Since when, where on the way, and for whom?', panels: causes() },
		],
	});
}
