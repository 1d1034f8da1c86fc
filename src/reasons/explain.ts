import type { Explanation } from './explanation.ts';
import { fill, fillCommand } from './fill.ts';
import type { Values } from './placeholder.ts';
import type { AnyReason } from './reason.ts';
import { explanations } from './table.ts';

/** What a failure beyond the registry says about the registry. */
const aside: Readonly<Record<string, string>> = {
	token: ' The registry itself answers.',
	redirect: ' The registry itself answers.',
	blob: ' The registry itself answers and serves the manifest.',
};

/** The explanation of a reason in plain text, for this failure: nothing in it is a template any more. */
export function explain(reason: AnyReason, values: Values): Explanation {
	const { title, stages, means, prints, remedy, confirm } = explanations[reason];
	const role = values.role ?? '';
	return {
		title,
		stages,
		means: fill(means, values) + (Object.hasOwn(aside, role) ? aside[role] : ''),
		prints: fill(prints, values),
		remedy: fill(remedy, values),
		confirm: fillCommand(confirm, values),
	};
}
