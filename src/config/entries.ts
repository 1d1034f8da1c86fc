import type { Path } from './place.ts';

/** A map as it stands in the file, whatever its keys hold. */
export type Raw = Readonly<Record<string, unknown>>;

/** An entry of `registries` before the schema has seen it, so that what is wrong in one key hides nothing else. */
export interface RawEntry {
	readonly path: Path;
	readonly entry: Raw;
}

export function isMap(value: unknown): value is Raw {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The entries of `registries` that are maps at all. */
export function entriesOf(value: unknown): readonly RawEntry[] {
	const registries = isMap(value) && Array.isArray(value['registries']) ? value['registries'] : [];
	return registries.flatMap((entry: unknown, index) => (isMap(entry) ? [{ path: ['registries', index], entry }] : []));
}
