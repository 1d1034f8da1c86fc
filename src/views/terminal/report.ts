import { printable } from '../../registry/redact.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import { count } from '../words/quantities.ts';
import { nameOf, verdictOn } from '../words/verdict.ts';
import type { Checked, Report } from './checked.ts';
import { paintOf } from './paint.ts';
import { spell, type Style } from './style.ts';
import { targetLines } from './targetLines.ts';
import { widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/**
 * The report as text: the answer first, then every target, broken ones before working ones. A working path is one line
 * unless verbose. Ends in a line break.
 */
export function renderReport(report: Report, style: Style): string {
	const worst = report.checked.toSorted((a, b) => weight(a, report) - weight(b, report));
	const nameWidth = Math.min(36, Math.max(0, ...worst.map(({ target }) => widthOf(nameOf(target)))));
	const frame = { nameWidth, said: new Map<string, string>() };
	const blocks = worst.map((checked) => targetLines(checked, report, frame, style));
	const lines = [...(worst.length === 1 ? [] : answerLines(report, style)), ...spaced(blocks)];
	return `${lines.join('\n')}\n`;
}

/** Blocks of several lines stand apart; single lines follow each other. */
function spaced(blocks: readonly (readonly string[])[]): readonly string[] {
	return blocks.flatMap((block, at) => {
		const before = blocks[at - 1];
		return before && (before.length > 1 || block.length > 1) ? ['', ...block] : block;
	});
}

function weight({ observation }: Checked, { pulls }: Report): number {
	const verdict = verdictOn(observation, pulls);
	if (observation.success) return verdict?.blame?.host === observation.host ? 0 : 2;
	return verdict?.success === true ? 1 : 0;
}

function answerLines({ node, pulls }: Report, style: Style): readonly string[] {
	const paint = paintOf(style);
	return [...wrap(spell(answer(printable(node), pulls), style), style.columns).map(paint.strong), ''];
}

/** Pulls are called by their registry, by their image where several come from one registry. */
function answer(node: string, pulls: readonly PullVerdict[]): string {
	const [first] = pulls;
	if (!first) return `Nothing to check on node ${node}.`;
	const byImage = new Set(pulls.map(({ registry }) => registry)).size < pulls.length;
	const nameOfPull = ({ registry, image }: PullVerdict) => printable(byImage ? image : registry, 300);
	const from = byImage ? '' : 'from ';
	const failing = pulls.filter(({ success }) => !success);
	if (pulls.length === 1) return `Node ${node} can${first.success ? '' : 'not'} pull ${from}${nameOfPull(first)}.`;
	const all = byImage ? count(pulls.length, 'image') : count(pulls.length, 'registry', 'registries');
	if (failing.length === 0) return `Node ${node} can pull ${from}all ${all}.`;
	return `Node ${node} cannot pull ${from}${failing.length} of ${all}: ${failing.map(nameOfPull).join(', ')}.`;
}
