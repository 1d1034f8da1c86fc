import { readGoDuration } from '../../registry/goDuration.ts';
import type { TomlTable } from '../toml.ts';
import type { CertificateCheck } from './certificates.ts';
import type { CriSettings, Setting } from './facts.ts';
import { readAuths, readConfigs, readGlobalHeaders, readMirrors } from './legacyRegistry.ts';
import type { RegistriesSource } from './registriesYaml.ts';
import { MistypedValue, type Typed, flagAt, numberAt, tableAt, textAt } from './typed.ts';

/** What reading a section needs beside its text. */
export interface SectionSurroundings {
	readonly certificates: CertificateCheck;
	/** Where people write what the file is generated from. */
	readonly registries: RegistriesSource | undefined;
}

/** The names under which the settings for pulls stand, by version of the file: 1, 2, 3 and later. */
const pluginNames = ['cri', 'io.containerd.grpc.v1.cri', 'io.containerd.cri.v1.images'] as const;

/** The sections for pulls of one file, whichever of them containerd then reads. */
export function readSections(
	top: TomlTable,
	file: string,
	surroundings: SectionSurroundings,
): ReadonlyMap<string, CriSettings> {
	const plugins = top.get('plugins')?.value;
	const sections = new Map<string, CriSettings>();
	if (!(plugins instanceof Map)) return sections;
	for (const name of pluginNames) {
		const line = plugins.get(name)?.line ?? 1;
		const section = attempt(() => {
			const found = tableAt(plugins, name);
			return found && readSection(name, found, file, surroundings);
		});
		if (section instanceof MistypedValue) {
			const mistyped = { place: { file, line: section.line }, why: section.message };
			sections.set(name, { ...nothing, place: { file, line }, mistyped });
		} else if (section) sections.set(name, section);
	}
	return sections;
}

function attempt<T>(read: () => T): T | MistypedValue {
	try {
		return read();
	} catch (error) {
		if (error instanceof MistypedValue) return error;
		throw error;
	}
}

const nothing: Omit<CriSettings, 'place'> = {
	hasRuntimes: false,
	mirrors: new Map(),
	configs: new Map(),
	auths: new Map(),
	headers: [],
};

function readSection(
	name: string,
	section: Typed<TomlTable>,
	file: string,
	surroundings: SectionSurroundings,
): CriSettings {
	const table = section.value;
	const registry = tableAt(table, 'registry')?.value ?? new Map();
	const containerd = tableAt(table, 'containerd')?.value ?? new Map();
	// Two settings stood one level deeper before version 3.
	const lower = name === 'io.containerd.cri.v1.images' ? table : containerd;
	const { certificates, registries } = surroundings;
	return {
		place: { file, line: section.line },
		...placed(file, {
			configPath: textAt(registry, 'config_path'),
			useLocalImagePull: flagAt(table, 'use_local_image_pull'),
			maxConcurrentDownloads: numberAt(table, 'max_concurrent_downloads'),
			imagePullProgressTimeout: durationAt(table, 'image_pull_progress_timeout'),
			imagePullWithSyncFs: flagAt(table, 'image_pull_with_sync_fs'),
			discardUnpackedLayers: flagAt(lower, 'discard_unpacked_layers'),
			disableSnapshotAnnotations: flagAt(lower, 'disable_snapshot_annotations'),
		}),
		hasRuntimes: containerd.has('runtimes'),
		mirrors: readMirrors(registry, file, registries),
		configs: readConfigs(registry, file, certificates),
		auths: readAuths(registry, file),
		headers: readGlobalHeaders(registry, file),
	};
}

function durationAt(table: TomlTable, key: string): Typed<number | undefined> | undefined {
	const text = textAt(table, key);
	return text && { value: readGoDuration(text.value), line: text.line };
}

type Placed<T> = { readonly [K in keyof T]?: T[K] extends Typed<infer V> | undefined ? Setting<V> : never };

/** The values that are there, with their file. */
function placed<T extends Readonly<Record<string, Typed<unknown> | undefined>>>(file: string, found: T): Placed<T> {
	const entries = Object.entries(found).flatMap(([key, typed]) =>
		typed ? [[key, { value: typed.value, place: { file, line: typed.line } }] as const] : [],
	);
	return Object.fromEntries(entries) as Placed<T>;
}
