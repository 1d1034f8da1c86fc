type Numbers = readonly [major: number, minor: number, patch: number];

/**
 * Whether a version of a runtime has what came with `first`: the first release that has it on each branch that got it,
 * oldest first; every branch after the last of them has it too. `v` in front and `-rc.1` behind count for nothing, and a
 * text that is no version counts as newer than all.
 */
export function hasSince(version: string, first: readonly string[]): boolean {
	const own = numbersOf(version);
	if (!own) return true;
	return first.some((text, index) => {
		const start = numbersOf(text) ?? [0, 0, 0];
		const sameBranch = own[0] === start[0] && own[1] === start[1];
		return (sameBranch || index === first.length - 1) && compare(own, start) >= 0;
	});
}

/** `1.6` is `1.6.0`. */
function numbersOf(version: string): Numbers | undefined {
	const [, major, minor, patch = '0'] = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(version) ?? [];
	return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compare(a: Numbers, b: Numbers): number {
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
