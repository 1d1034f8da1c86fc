import type { PlanDocument } from '../plan/planDocument.ts';
import { nodeFacts } from '../views/words/nodeFacts.ts';
import { paragraph } from './planLine.ts';

/** What the node says about itself, a paragraph each. */
export function nodeLines(document: PlanDocument): string[] {
	return nodeFacts(document).flatMap(({ label, text }) => paragraph(label, text));
}
