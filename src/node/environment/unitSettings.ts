import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import { parseUnitFile, type UnitSetting } from './unitFile.ts';

/** A setting with the file that it stands in. */
export interface PlacedSetting extends UnitSetting {
	readonly file: string;
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
