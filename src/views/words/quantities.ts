/** Digits in groups of three with a space between: `10 000`. */
export function grouped(whole: number): string {
	return String(Math.round(whole)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** How long a stage took, in milliseconds so that stages can be compared: `12 ms`, `10 000 ms`. */
export function milliseconds(seconds: number): string {
	return seconds < 0.001 ? '<1 ms' : `${grouped(seconds * 1000)} ms`;
}

/** How long an attempt took: `10.14 s`. */
export function attemptSeconds(seconds: number): string {
	return `${seconds.toFixed(2)} s`;
}

const units: readonly (readonly [seconds: number, unit: string])[] = [
	[86_400, 'd'],
	[3_600, 'h'],
	[60, 'min'],
	[1, 's'],
];

/** A span in the largest unit that gives at least two of it, rounded down: `3 d`, `47 h`, `90 s`, `300 ms`. */
export function span(seconds: number): string {
	const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [0.001, 'ms'];
	return unit === 'ms' && seconds >= 1 ? '1 s' : `${Math.floor(seconds / size)} ${unit}`;
}

/** `1 address`, `3 addresses`. */
export function count(number: number, one: string, many = `${one}s`): string {
	return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** Whole days from `now` (milliseconds since the epoch) to `at` (seconds since the epoch); negative when past. */
export function daysUntil(at: number, now: number): number {
	return Math.floor((at * 1000 - now) / 86_400_000);
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `2459 B` stays exact to the reader's eye: `2.4 KiB`. */
export function byteSize(bytes: number): string {
	const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), binary.length - 1);
	const size = bytes / 1024 ** power;
	const digits = power > 0 && size < 10 ? size.toFixed(1).replace(/\.0$/, '') : grouped(size);
	return `${digits} ${binary[power]}`;
}

/** A date without its time, as written in certificates' favour: `2026-03-01`. Empty for what is no date. */
export function day(epochSeconds: number): string {
	const date = new Date(epochSeconds * 1000);
	return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
