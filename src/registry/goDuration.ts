const secondsOf: Readonly<Record<string, number>> = {
	ns: 1e-9,
	us: 1e-6,
	µs: 1e-6,
	μs: 1e-6,
	ms: 1e-3,
	s: 1,
	m: 60,
	h: 3600,
};
const whole = /^[+-]?(?:0|(?:(?:\d{1,19}\.?\d{0,19}|\.\d{1,19})(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

/**
 * The seconds of a duration as Go writes it: `12h`, `6h0m0s`, `1.5s`, `0`, also negative ones. Undefined when Go would
 * refuse the text (https://pkg.go.dev/time#ParseDuration).
 */
export function readGoDuration(text: string): number | undefined {
	if (text.length > 200 || !whole.test(text)) return undefined;
	const parts = text.matchAll(/([\d.]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g);
	const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (secondsOf[unit ?? ''] ?? 0), 0);
	return text.startsWith('-') ? 0 - seconds : seconds;
}
