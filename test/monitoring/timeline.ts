/** A value for some minutes; `gone` ends a series as Prometheus does when its target, or a scrape, is gone. */
export type Piece = readonly [value: number | 'gone', minutes: number];

/** One series of a scenario as promtool takes it (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series), a sample each minute. */
export interface Line {
	readonly series: string;
	readonly values: string;
}

/** As long as no scenario lasts, in minutes. */
export const forEver = 250;

/** Values one after the other; the last one stays. */
export function values(...pieces: readonly Piece[]): string {
	const last = pieces.at(-1)?.[0] ?? 'gone';
	const whole: readonly Piece[] = [...pieces.filter(([, minutes]) => minutes > 0), [last, forEver]];
	return whole.map(written).join(' ');
}

function written([value, minutes]: Piece): string {
	if (value !== 'gone') return `${value}x${minutes - 1}`;
	return minutes === 1 ? 'stale' : `stale _x${minutes - 1}`;
}

/** A series that has one value all the time. */
export function always(series: string, value = 1): Line {
	return { series, values: values([value, 1]) };
}

export function line(series: string, ...pieces: readonly Piece[]): Line {
	return { series, values: values(...pieces) };
}

/** A series that rises or falls by `step` each minute from the beginning for so many minutes, then stays at `then`. */
export function slope(series: string, from: number, step: number, minutes: number, then: number): Line {
	const sign = step < 0 ? '-' : '+';
	return { series, values: `${from}${sign}${Math.abs(step)}x${minutes - 1} ${then}x${forEver}` };
}

/** Labels as they stand behind the name of a series. */
export function labelled(name: string, labels: Readonly<Record<string, string>>): string {
	const pairs = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
	return `${name}{${pairs.join(',')}}`;
}
