import { Wrong } from './fault.ts';

/** A share of a whole as 0 to 1, written as a percentage: `10%`, `0%`, `2.5%`. */
export function readShare(value: unknown): number | Wrong {
	if (value === 0) return 0;
	const [, number] = (typeof value === 'string' && /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(value)) || [];
	if (number === undefined) return new Wrong('is not a percentage', 'write for example 10%', suggestion(value));
	return Number(number) > 100 ? new Wrong('is more than the whole', 'write 0% to 100%') : Number(number) / 100;
}

/** `10` and `0.1` both mean `10%` to someone. */
function suggestion(value: unknown): string | undefined {
	if (typeof value !== 'number' || !(value > 0 && value <= 100)) return undefined;
	return `write ${value < 1 ? Math.round(value * 1e4) / 100 : value}%`;
}
