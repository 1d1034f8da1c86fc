const units: Readonly<Record<string, number>> = {
	ns: 1e-9,
	us: 1e-6,
	µs: 1e-6,
	μs: 1e-6,
	ms: 1e-3,
	s: 1,
	m: 60,
	h: 3600,
};
/** Longer texts are no durations that anyone means. */
const mostCharacters = 100;

/** The seconds of a duration as Go writes it (https://pkg.go.dev/time#ParseDuration): `1m30s`, `1.5s`, `-1h`, `0`. */
export function goDuration(text: string): number | undefined {
	if (text.length > mostCharacters) return undefined;
	const [, sign, rest = ''] = /^([-+]?)(.+)$/.exec(text) ?? [];
	if (rest === '0') return 0;
	const part = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
	let seconds = 0;
	for (let at = 0; at < rest.length; at = part.lastIndex) {
		part.lastIndex = at;
		const [, amount, unit = ''] = part.exec(rest) ?? [];
		if (amount === undefined) return undefined;
		seconds += Number(amount) * (units[unit] ?? 0);
	}
	if (rest === '') return undefined;
	return sign === '-' ? -seconds : seconds;
}
