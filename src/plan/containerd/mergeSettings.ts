import type { CriSettings } from '../../node/containerd/facts.ts';

/** One section over another as containerd 2 merges them: key by key, lists as a whole. */
export function mergeSettings(below: CriSettings, above: CriSettings): CriSettings {
	const replaced = new Set(above.headers.map(({ name }) => name));
	return {
		...below,
		...above,
		place: below.place,
		hasRuntimes: below.hasRuntimes || above.hasRuntimes,
		mirrors: new Map([...below.mirrors, ...above.mirrors]),
		configs: mergeMaps(below.configs, above.configs),
		auths: mergeMaps(below.auths, above.auths),
		headers: [...below.headers.filter(({ name }) => !replaced.has(name)), ...above.headers],
	};
}

/** What containerd 2 takes over from the section of a file before version 3; `registry` with everything in it. */
export function converted(section: CriSettings): CriSettings {
	const { useLocalImagePull: _lost, discardUnpackedLayers, disableSnapshotAnnotations, ...kept } = section;
	if (!section.hasRuntimes) return kept;
	return {
		...kept,
		...(discardUnpackedLayers ? { discardUnpackedLayers } : {}),
		...(disableSnapshotAnnotations ? { disableSnapshotAnnotations } : {}),
	};
}

function mergeMaps<T extends object>(below: ReadonlyMap<string, T>, above: ReadonlyMap<string, T>) {
	const merged = new Map(below);
	for (const [name, value] of above) merged.set(name, { ...below.get(name), ...value });
	return merged;
}
