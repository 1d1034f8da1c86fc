import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { verdictChanges } from '../annotations.ts';
import { board } from '../board.ts';
import { chosenRegistries, everyNode } from '../promql.ts';
import { commonVariables, manyRegistries } from '../variables.ts';
import { behind } from './rateLimitsBehind.ts';
import { course } from './rateLimitsCourse.ts';
import { sources } from './rateLimitsNow.ts';

/** Who counts us by what, what is left, and until when. */
export function rateLimits(): Dashboard {
	return board({
		name: 'rateLimits',
		description:
			'Pull quotas by the identity that registries count: what is left, when it is used up, and which nodes share it.',
		variables: [...commonVariables(), manyRegistries(everyNode)],
		annotations: verdictChanges(everyNode('pull_success', chosenRegistries)),
		sections: [
			{ panels: sources() },
			{ title: 'How does it go on?', panels: course() },
			{ title: 'Who stands behind a quota?', panels: behind() },
		],
	});
}
