import { isAlert, type Alert, type Group, type Rule } from './rule.ts';

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The same rules for a world that lives so many times as fast: how often they are worked out, how long alerts wait and
 * outlive their fault, how far queries look back, and the age from which agents and nodes count, are divided. What is
 * compared with a date to come, as the end of a certificate, is not.
 */
export function hurried({ name, interval, rules }: Group, times: number): Group {
	return { name, interval: divided(interval, times), rules: rules.map((rule) => hurriedRule(rule, times)) };
}

function hurriedRule(rule: Rule, times: number): Rule {
	const expr = hurriedQuery(rule.expr, times);
	return isAlert(rule) ? hurriedAlert({ ...rule, expr }, times) : { ...rule, expr };
}

/** The texts of an alert hold queries, too. */
function hurriedAlert(alert: Alert, times: number): Alert {
	const { for: wait, keepFiringFor, summary, description, runbook } = alert;
	return {
		...alert,
		for: divided(wait, times),
		keepFiringFor: divided(keepFiringFor, times),
		summary: hurriedQuery(summary, times),
		description: hurriedQuery(description, times),
		...(runbook !== undefined && { runbook: hurriedQuery(runbook, times) }),
	};
}

/** Ranges, offsets, and what `time() - …`, an age, is compared with. */
function hurriedQuery(query: string, times: number): string {
	return query
		.replaceAll(/(?<=\[)\d+[smhd](?=\])/g, (range) => divided(range, times))
		.replaceAll(/(?<=\boffset )\d+[smhd]\b/g, (offset) => divided(offset, times))
		.replaceAll(/(?<=\btime\(\) - [^<>]* [<>]=?(?: bool)? )\d+/g, (age) => String(Number(age) / times));
}

/** A duration of one unit, as the rules have them, in the way that Prometheus writes it. */
function divided(duration: string, times: number): string {
	const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(duration) ?? [];
	const milliseconds = Math.round((Number(count) * (secondsIn[unit] ?? Number.NaN) * 1000) / times);
	if (!(milliseconds > 0)) throw new RangeError(`${duration} cannot be divided by ${times}`);
	return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
