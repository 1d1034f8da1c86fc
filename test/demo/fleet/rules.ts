import { join } from 'node:path';
import { ruleFile } from '../../../build/monitoring/files.ts';
import { alertingGroups, recordingGroups } from '../../../build/monitoring/groups.ts';
import { hurried } from '../../../build/monitoring/hurry.ts';
import type { Directory } from '../../real/directory.ts';

/** So many times as fast as in a cluster the rules judge: what takes minutes takes seconds. */
export const times = 60;

const docs = join(import.meta.dirname, '../../../docs');

/** Writes the rules of `manifests/monitoring` with all their waits shortened, and gives the path of the file. */
export function writeRules(directory: Directory): string {
	const groups = [...recordingGroups, ...alertingGroups].map((group) => hurried(group, times));
	// YAML holds JSON.
	return directory.write('rules.yaml', JSON.stringify(ruleFile(groups, docs)));
}
