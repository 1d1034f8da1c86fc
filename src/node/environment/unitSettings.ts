import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import { parseUnitFile, type UnitSetting } from './unitFile.ts';
import { dropInDirectories, dropIns, findUnit, type UnitFragment } from './unitPaths.ts';

/** A setting with the file that it stands in. */
export interface PlacedSetting extends UnitSetting {
	readonly file: string;
}

/** A service of the node, and what is set for it. */
export interface Service extends UnitFragment {
	/** Its own file and its drop-ins, in the order in which they are read. */
	readonly files: readonly string[];
	/** Of the section `[Service]`. */
	readonly settings: readonly PlacedSetting[];
	readonly faults: readonly NodeFault[];
}

/** The first of these services that the node has. Throws only when this process is out of descriptors. */
export function readService(root: string, units: readonly string[]): Service | undefined {
	const fragment = findUnit(root, units);
	if (!fragment) return undefined;
	const files = [fragment.file, ...dropIns(root, dropInDirectories(fragment.names))];
	return { ...fragment, files, ...readSettings(root, files, 'Service') };
}

/** The settings of one section in several files, in order, and the faults of those files. */
export function readSettings(
	root: string,
	files: readonly string[],
	section: string,
): { readonly settings: readonly PlacedSetting[]; readonly faults: readonly NodeFault[] } {
	const settings: PlacedSetting[] = [];
	const faults: NodeFault[] = [];
	for (const file of files) {
		const found = readNodeFile(root, file);
		if (found.state === 'unreadable') faults.push(found.fault);
		if (found.state !== 'read') continue;
		const { settings: all, brokenAt } = parseUnitFile(found.text);
		settings.push(...all.filter((one) => one.section === section).map((one) => ({ ...one, file })));
		if (brokenAt !== undefined) {
			const detail = 'the section has no closing bracket: systemd does not read on from here';
			faults.push({ file, line: brokenAt, fault: 'file_invalid', detail });
		}
	}
	return { settings, faults };
}
