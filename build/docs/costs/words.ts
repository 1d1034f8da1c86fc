/** A number in two digits, from 100 on as a whole one with commas: `3.4`, `27`, `16,049`. */
export function number(value: number): string {
	const rounded = value >= 100 ? Math.round(value) : Number(value.toPrecision(2));
	return rounded.toLocaleString('en');
}

/** Bytes in the unit in which they are few: `19 kB`, `160 MB`. */
export function size(bytes: number): string {
	const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
	return `${number(bytes / 1000 ** power)} ${units[power] ?? ''}`;
}
