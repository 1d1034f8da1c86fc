import { hasSince } from '../../registry/version.ts';

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
	return hasSince(version, changes[change].first);
}
