import type { PlanDocument } from '../plan/planDocument.ts';
import type { Target } from '../plan/target.ts';
import { printable } from '../registry/redact.ts';
import { line, paragraph } from './planLine.ts';
import { nodeLines } from './planNodeLines.ts';
import { targetLines } from './planTargetLines.ts';

/** The plan for people: the node, a block for each target, one line for each thing that decides how it is probed, the faults. */
export function planText(document: PlanDocument, targets: readonly Target[]): string {
	const none = targets.length === 0 ? ['', 'Nothing is probed: the list of registries is empty.'] : [];
	return [
		...nodeLines(document),
		...none,
		...targets.flatMap((target) => ['', ...targetLines(target)]),
		...document.faults.flatMap(faultLines),
	].join('\n');
}

/** What is wrong with the node, as it stands in its files. */
function faultLines({ file, line: at, fault, detail }: PlanDocument['faults'][number]): string[] {
	const place = at === undefined ? file : `${file}:${at}`;
	return ['', fault, line('  in', printable(place, 4200)), ...paragraph('  says', printable(detail, 1000))];
}
