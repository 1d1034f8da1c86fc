import { printable } from '../../registry/redact.ts';
import { pathOf } from '../words/path.ts';
import { verdictOn } from '../words/verdict.ts';
import { adviceLines, alsoLines, type Said } from './advice.ts';
import type { Checked, Report } from './checked.ts';
import { headLines } from './headLines.ts';
import { paintOf } from './paint.ts';
import { pathLines } from './pathLines.ts';
import { spell, type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** What the block of one target shares with the others of its report. */
export interface Frame {
	/** The column that names are padded to. */
	readonly nameWidth: number;
	readonly said: Said;
}

/** The block of one target. */
export function targetLines(
	checked: Checked,
	report: Report,
	{ nameWidth, said }: Frame,
	style: Style,
): readonly string[] {
	const { target, observation } = checked;
	const verdict = verdictOn(observation, report.pulls);
	const path = pathOf(target, observation, verdict);
	const { broken } = path;
	const head = headLines(checked, broken, verdict, nameWidth, style);
	const advice = broken ? adviceLines(checked, broken, verdict, said, style) : [];
	const below = [...advice, ...alsoLines(checked, report, said, style)];
	if (!broken && !style.verbose) return [...head, ...below];

	const walked = [...head, ...imageLines(checked, report, style), '', ...pathLines(path, report.now, style)];
	return below.length === 0 ? walked : [...walked, '', ...below];
}

function imageLines({ target, observation }: Checked, { node }: Report, style: Style): readonly string[] {
	const text = `${target.bare ? 'asked for ' : ''}${printable(observation.image, 300)} from node ${printable(node)}`;
	return wrap(spell(text, style), style.columns - 2).map((line) => `  ${paintOf(style).faint(line)}`);
}
