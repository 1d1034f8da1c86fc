import type { ConfigFile, ContainerdFacts, CriSettings } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { converted, mergeSettings } from './mergeSettings.ts';
import { type Trait, has } from './traits.ts';

/** The sections that a version reads, and what it leaves. */
export interface Chosen {
	/** What counts, from all files together; absent where no file says anything. */
	readonly settings?: CriSettings;
	/** The sections that counted. */
	readonly sections: readonly CriSettings[];
	readonly faults: readonly NodeFault[];
}

const names = { 1: 'cri', 2: 'io.containerd.grpc.v1.cri', 3: 'io.containerd.cri.v1.images' } as const;

/** What the files say to a version of containerd: which sections it reads, and how it puts them together. */
export function chooseSections({ files }: ContainerdFacts, version: string): Chosen {
	const newer = tooNew(files, version);
	if (newer) return { sections: [], faults: [newer] };
	const sections = has(version, 'converts') ? files.flatMap(sectionsOfTwo) : lastSection(files);
	const faults = ignored(files, sections, version);
	const [first, ...rest] = sections;
	if (!first) return { sections: [], faults };
	const settings = rest.reduce((below, { section }) => mergeSettings(below, section), first.section);
	return { settings, sections: sections.map(({ section }) => section), faults };
}

interface Used {
	readonly section: CriSettings;
	/** As it stands in the file. */
	readonly from: CriSettings;
}

const used = (section: CriSettings | undefined, from = section): Used[] => (section && from ? [{ section, from }] : []);

/** containerd 2 reads each file by its own version; what it converts goes over what stands there already. */
function sectionsOfTwo({ version, sections }: ConfigFile): Used[] {
	const current = used(sections.get(names[3]));
	if (version.value >= 3) return current;
	const older = sections.get(names[2]) ?? (version.value < 2 ? sections.get(names[1]) : undefined);
	return [...current, ...(older ? used(converted(older), older) : [])];
}

/** containerd 1 reads all files by the version that came last, and of all sections of one name the last. */
function lastSection(files: readonly ConfigFile[]): Used[] {
	const version = files.findLast((file) => file.version.value !== 0)?.version.value ?? 1;
	const name = version < 2 ? names[1] : names[2];
	return used(files.findLast(({ sections }) => sections.has(name))?.sections.get(name));
}

/** containerd does not start with such files, and so they say nothing. */
function tooNew(files: readonly ConfigFile[], version: string): NodeFault | undefined {
	const knows: Trait[] = ['converts', 'version4'];
	const newest = knows.filter((trait) => has(version, trait)).length + 2;
	const root = files.find((file) => file.version.value !== 0)?.version.value ?? 1;
	const highest = has(version, 'converts') ? Math.min(newest, root) : newest;
	const found = has(version, 'refusesNewer') ? files.find((file) => file.version.value > highest) : undefined;
	if (!found) return undefined;
	const what =
		found.version.value > newest
			? `knows configuration up to version ${newest}`
			: 'takes no file of a higher version than that of the first';
	return {
		...found.version.place,
		fault: 'file_invalid',
		detail: `containerd ${version} ${what}, and does not start.`,
	};
}

function ignored(files: readonly ConfigFile[], taken: readonly Used[], version: string): NodeFault[] {
	const read = new Set(taken.map(({ from }) => from));
	const left = files.flatMap((file) => [...file.sections].filter(([, section]) => !read.has(section) && says(section)));
	const faults = left.map(([name, { place }]): NodeFault => {
		const detail = `containerd ${version} does not read the section "${name}" here: another counts, or the file's "version" is for another.`;
		return { ...place, fault: 'setting_ignored', detail };
	});
	const lost = taken.flatMap(({ section, from }) => (section.useLocalImagePull ? [] : (from.useLocalImagePull ?? [])));
	return [
		...faults,
		...lost.map(({ place }): NodeFault => ({ ...place, fault: 'setting_ignored', detail: notConverted })),
	];
}

const notConverted = `"use_local_image_pull" is lost when containerd converts this file: it belongs below "${names[3]}".`;

/** Whether a section says anything about registries: without it nothing is lost. */
function says({ configPath, mirrors, configs, auths, headers }: CriSettings): boolean {
	return configPath !== undefined || mirrors.size + configs.size + auths.size + headers.length > 0;
}
