/**
 * `2.4.2` of what programs and packages call a version: `v2.4.2`, `2.1.4-k3s1`, `1.6.20~ds1-1+deb12u3`,
 * `1:1.7.27-1`. Undefined when there is none in it.
 */
export function plainVersion(text: string): string | undefined {
	return /^(?:\d{1,4}:)?v?(\d{1,4}\.\d{1,4}\.\d{1,4})(?!\d)/.exec(text)?.[1];
}
