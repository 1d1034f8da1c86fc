/** No answer makes us wait longer, in seconds. */
export const longestRetryAfter = 3600;

const units: Readonly<Record<string, number>> = {
	ns: 1e-9,
	us: 1e-6,
	'\u00B5s': 1e-6,
	'\u03BCs': 1e-6,
	ms: 1e-3,
	s: 1,
	m: 60,
	h: 3600,
};

/** The three forms of https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7; `Date.parse` alone takes far more. */
const datePattern =
	/^[A-Z][a-z]{2,8},? (?:\d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/**
 * How many seconds a server asks us to wait: the header `Retry-After` as seconds or a date
 * (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3), else GHCR's words in the body,
 * `retry-after: 43.988µs, allowed: 44000/minute`. `now` is milliseconds since the epoch. At most an hour; undefined
 * when nothing can be understood, or a date lies in the past.
 */
export function retryAfterSeconds(value: string | undefined, now: number, body = ''): number | undefined {
	const seconds = readHeader(value?.trim() ?? '', now) ?? readWords(body.slice(0, 65_536));
	return seconds === undefined ? undefined : Math.min(seconds, longestRetryAfter);
}

function readHeader(value: string, now: number): number | undefined {
	if (/^\d{1,15}(?:\.\d{1,9})?$/.test(value)) return Number(value);
	if (value.length > 40 || !datePattern.test(value)) return undefined;
	const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
	return date >= now ? (date - now) / 1000 : undefined;
}

/** A duration as Go prints it: `880.092µs`, `1m30s`. */
function readWords(body: string): number | undefined {
	const [, words] =
		/retry-after:\s{0,8}((?:\d{1,12}(?:\.\d{1,12})?(?:ns|us|\u00B5s|\u03BCs|ms|s|m|h)){1,6})/i.exec(body) ?? [];
	if (words === undefined) return undefined;
	const parts = words.toLowerCase().matchAll(/([\d.]+)([^\d.]+)/g);
	return [...parts].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0);
}
