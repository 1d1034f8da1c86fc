import { Wrong } from './fault.ts';

const secondsOf: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
/** A day. Longer waits are a mistake, and a timer holds no more than 24 days. */
const longest = 24 * 3600;

const example = 'write for example 90s, 5m or 1h';

/**
 * A duration in seconds, written as Go and Kubernetes write it: `250ms`, `90s`, `5m`, `1h`, `1h30m`, `1.5s`; a number
 * without a unit is refused. `least` is the shortest that makes sense, in seconds.
 */
export function readDuration(value: unknown, least = 0.001): number | Wrong {
	const seconds = typeof value === 'string' ? secondsIn(value) : undefined;
	if (seconds === undefined) return new Wrong('is not a duration', example, suggestion(value));
	if (seconds < least) return new Wrong('is too short', `write ${formatDuration(least)} or more`);
	if (seconds > longest) return new Wrong('is too long', `write ${formatDuration(longest)} or less`);
	return seconds;
}

function secondsIn(text: string): number | undefined {
	if (!/^(?:\d{1,12}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(text)) return undefined;
	const parts = text.matchAll(/([\d.]+)(ms|s|m|h)/g);
	const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (secondsOf[unit ?? ''] ?? 0), 0);
	// Tenths of a microsecond are no one's wish: they come from adding binary fractions.
	return Math.round(seconds * 1e6) / 1e6;
}

/** What a person who wrote `5 minutes`, `60` or `1 day` most likely meant. */
function suggestion(value: unknown): string | undefined {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
	const [, number, word = ''] = /^\s*(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]{0,12})\.?\s*$/i.exec(text) ?? [];
	if (number === undefined) return undefined;
	if (/^d(ays?)?$/i.test(word)) return `write ${Number(number) * 24}h`;
	const unit = /^(ms|milli.*)$/i.test(word) ? 'ms' : (/^[smh]/i.exec(word)?.[0].toLowerCase() ?? (word ? '' : 's'));
	return unit ? `write ${number}${unit}` : undefined;
}

/** Seconds in the shortest exact form: `90s`, `5m`, `250ms`. */
export function formatDuration(seconds: number): string {
	const unit = ['h', 'm', 's'].find((name) => seconds > 0 && Number.isInteger(seconds / (secondsOf[name] ?? 1)));
	if (unit !== undefined) return `${seconds / (secondsOf[unit] ?? 1)}${unit}`;
	return seconds < 1 ? `${Math.round(seconds * 1e6) / 1e3}ms` : `${seconds}s`;
}
