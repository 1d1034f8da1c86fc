import { readGoDuration } from '../../registry/goDuration.ts';
import { quotedChoice } from '../../registry/quotable.ts';
import { printable } from '../../registry/redact.ts';
import type { NodeFault } from '../fault.ts';
import { linkBelow } from '../link.ts';
import { type NodeFile, readNodeFile } from '../nodeFile.ts';
import { Refusal } from '../refusal.ts';
import { readToml } from '../toml.ts';
import { readDirectory } from './directory.ts';
import type { CrioSettings, Placed } from './facts.ts';
import type { CrioPaths } from './paths.ts';
import { InvalidSetting, Settings } from './settings.ts';

const deepest = 8;
const mostFiles = 500;

/** The settings, and whether any file of CRI-O's own was there. */
export interface CrioConfRead {
	readonly settings: CrioSettings;
	readonly present: boolean;
}

/**
 * `[crio.image]` of crio.conf and of everything in crio.conf.d, whatever its name and however deep, where the later file
 * wins (crio.conf(5), crio.conf.d(5)). What is wrong is put to `faults`.
 */
export function readCrioConf(root: string, paths: CrioPaths, faults: NodeFault[]): CrioConfRead {
	const dropIns =
		linkBelow(root, paths.crioConfDir) !== undefined ? [] : filesBelow(root, paths.crioConfDir, deepest, faults);
	let settings: CrioSettings = {};
	let present = false;
	for (const file of [paths.crioConf, ...dropIns.slice(0, mostFiles)]) {
		const read = readNodeFile(root, file);
		present ||= read.state !== 'missing';
		settings = { ...settings, ...settingsOf(file, read, faults) };
	}
	return { settings, present };
}

/** In the order of Go's `filepath.Walk`: by name, a directory where its name stands. */
function filesBelow(root: string, directory: string, depth: number, faults: NodeFault[]): readonly string[] {
	const found = readDirectory(root, directory);
	if (found.state === 'unreadable') faults.push(found.fault);
	if (found.state !== 'read' || depth === 0) return [];
	return found.entries.flatMap((entry) =>
		entry.isDirectory ? filesBelow(root, entry.path, depth - 1, faults) : [entry.path],
	);
}

function settingsOf(file: string, read: NodeFile, faults: NodeFault[]): CrioSettings {
	if (read.state === 'unreadable') faults.push(read.fault);
	if (read.state !== 'read') return {};
	try {
		return imageSettings(read.text, file, faults);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const detail = `${printable(error.message)}. CRI-O does not start with it`;
		faults.push({ file, line: error.line, fault: 'file_invalid', detail });
		return {};
	}
}

function imageSettings(text: string, file: string, faults: NodeFault[]): CrioSettings {
	const image = new Settings(readToml(text), file).table('crio')?.table('image');
	if (!image) return {};
	const texts = {
		globalAuthFile: image.text('global_auth_file'),
		namespacedAuthDir: image.text('namespaced_auth_dir'),
		pauseImage: image.text('pause_image'),
		pauseImageAuthFile: image.text('pause_image_auth_file'),
		shortNameMode: modeIn(image, faults),
	};
	const lists = {
		pinnedImages: image.texts('pinned_images'),
		insecureRegistries: image.texts('insecure_registries'),
		registries: image.texts('registries'),
	};
	const others = { pullProgressTimeout: timeoutIn(image), autoReloadRegistries: image.flag('auto_reload_registries') };
	return Object.fromEntries(Object.entries({ ...texts, ...lists, ...others }).filter(([, setting]) => setting));
}

function timeoutIn(image: Settings): Placed<number> | undefined {
	const found = image.textOrNumber('pull_progress_timeout');
	if (!found) return undefined;
	const value = typeof found.value === 'number' ? found.value * 1e-9 : readGoDuration(found.value);
	if (value !== undefined) return { value, source: found.source };
	throw new InvalidSetting('pull_progress_timeout must be a duration such as "30s"', found.source.line ?? 1);
}

function modeIn(image: Settings, faults: NodeFault[]): Placed<string> | undefined {
	const mode = image.text('short_name_mode');
	if (!mode || ['', 'enforcing', 'disabled'].includes(mode.value)) return mode;
	const found = quotedChoice(mode.value, 'what stands there');
	const detail = `short_name_mode must be enforcing or disabled, not ${found}; CRI-O does not start with it`;
	faults.push({ ...mode.source, fault: 'setting_invalid', detail });
	return undefined;
}
