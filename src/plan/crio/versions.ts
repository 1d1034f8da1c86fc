/** Since when CRI-O knows or obeys something. */
interface Since {
	/** The first version of each minor release that has it; all later minor releases have it too. */
	readonly first: readonly string[];
	readonly source: string;
}

/** What differs between versions of CRI-O and bears on pulls. */
const changes = {
	/** Before, short names were completed with every search registry in turn. */
	short_name_mode: {
		first: ['1.34.0'],
		source: 'https://github.com/cri-o/cri-o/blob/v1.34.0/pkg/config/config.go',
	},
	/** From then on `insecure_registries` has no effect, and loopback addresses are no longer insecure by themselves. */
	insecure_registries_dropped: {
		first: ['1.35.0'],
		source: 'https://github.com/cri-o/cri-o/blob/v1.35.0/internal/storage/image.go',
	},
	pull_progress_timeout: {
		first: ['1.30.11', '1.31.3', '1.32.0'],
		source: 'https://github.com/cri-o/cri-o/blob/v1.32.0/pkg/config/config.go',
	},
	auto_reload_registries: {
		first: ['1.30.0'],
		source: 'https://github.com/cri-o/cri-o/blob/v1.30.0/pkg/config/config.go',
	},
	namespaced_auth_dir: {
		first: ['1.34.3', '1.35.0'],
		source: 'https://github.com/cri-o/cri-o/blob/v1.35.0/pkg/config/config.go',
	},
} as const satisfies Record<string, Since>;

/** A change between versions of CRI-O. */
export type Change = keyof typeof changes;

/** Whether a version (`1.37.0`) has a change; one that cannot be read counts as newer than all. */
export function has(version: string, change: Change): boolean {
	const own = numbersOf(version);
	const firsts = changes[change].first.map(numbersOf);
	const last = firsts.at(-1) ?? own;
	return !isBefore(own, last) || firsts.some((first) => first[1] === own[1] && !isBefore(own, first));
}

type Numbers = readonly [major: number, minor: number, patch: number];

function numbersOf(version: string): Numbers {
	const [, major, minor, patch] = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(version) ?? [];
	return major === undefined ? [Infinity, 0, 0] : [Number(major), Number(minor), Number(patch ?? 0)];
}

function isBefore(a: Numbers, b: Numbers): boolean {
	const at = a.findIndex((number, index) => number !== b[index]);
	return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
