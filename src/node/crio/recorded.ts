import { printable } from '../../registry/redact.ts';
import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import { Refusal } from '../refusal.ts';
import { readToml } from '../toml.ts';
import { readAliases } from './aliases.ts';
import type { RecordedAliases } from './facts.ts';
import { recordedAliases } from './paths.ts';
import { Settings } from './settings.ts';

/** The short names that were recorded on the node; what is wrong with the file is put to `faults`. */
export function readRecorded(root: string, faults: NodeFault[]): RecordedAliases {
	const file = recordedAliases;
	const read = readNodeFile(root, file);
	if (read.state === 'unreadable') faults.push(read.fault);
	if (read.state !== 'read') return { aliases: new Map() };
	try {
		return { aliases: readAliases(new Settings(readToml(read.text), file)) };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { line } = error;
		const message = printable(error.message);
		faults.push({ file, line, fault: 'file_invalid', detail: `${message}. Every pull of a short name fails` });
		return { aliases: new Map(), unusable: { value: message, source: { file, line } } };
	}
}
