import { printable } from '../../registry/redact.ts';
import { pathOf } from '../words/path.ts';
import { verdictOn } from '../words/verdict.ts';
import { warningsOf } from '../words/warnings.ts';
import { adviceLines, alsoLines } from './advice.ts';
import type { Checked, Report } from './checked.ts';
import { headLines } from './headLines.ts';
import { paintOf } from './paint.ts';
import { pathLines } from './pathLines.ts';
import { spell, type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** The block of one target; `nameWidth` is the column that names are padded to. */
export function targetLines(checked: Checked, report: Report, nameWidth: number, style: Style): readonly string[] {
	const { target, observation } = checked;
	const path = pathOf(target, observation);
	const verdict = verdictOn(observation, report.pulls);
	const head = headLines(checked, path.broken, verdict, nameWidth, style);
	const also = alsoLines(warningsOf(target, observation, report.now), style);
	if (!path.broken && !style.verbose) return [...head, ...also];

	const advice = path.broken ? adviceLines(target, observation, path.broken, verdict, style) : [];
	const below = [...advice, ...also];
	const walked = [...head, ...imageLines(checked, report, style), '', ...pathLines(path, report.now, style)];
	return below.length === 0 ? walked : [...walked, '', ...below];
}

function imageLines({ target, observation }: Checked, { node }: Report, style: Style): readonly string[] {
	const text = `${target.bare ? 'asked for ' : ''}${printable(observation.image, 300)} from node ${printable(node)}`;
	return wrap(spell(text, style), style.columns - 2).map((line) => `  ${paintOf(style).faint(line)}`);
}
