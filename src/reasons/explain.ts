import { pathStages } from './explanation.ts';
import type { Explanation } from './explanation.ts';
import { fill, fillCommand } from './fill.ts';
import type { Values } from './placeholder.ts';
import type { AnyReason } from './reason.ts';
import { explanations } from './table.ts';

/** What a failure beyond the registry says about the registry. */
const aside = new Map<string | undefined, string>([
	['token', ' The registry itself answers.'],
	['redirect', ' The registry itself answers.'],
	['blob', ' The registry itself answers and serves the manifest.'],
]);

/** The explanation of a reason in plain text, for this failure: nothing in it is a template any more. */
export function explain(reason: AnyReason, values: Values): Explanation {
	const explanation: Explanation = explanations[reason];
	const { means, prints, printsAt, remedy, confirm, ...rest } = explanation;
	const stage = pathStages.find((name) => name === values.stage);
	return {
		...rest,
		means: fill(means, values) + (aside.get(values.role) ?? ''),
		prints: fill((stage && printsAt?.[stage]) ?? prints, values),
		remedy: fill(remedy, values),
		confirm: fillCommand(confirm, values),
	};
}
