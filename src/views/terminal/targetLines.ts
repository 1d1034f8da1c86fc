import { printable } from '../../registry/redact.ts';
import { pathOf, type Path } from '../words/path.ts';
import { attemptSeconds } from '../words/quantities.ts';
import { nameOf } from '../words/verdict.ts';
import { warningsOf } from '../words/warnings.ts';
import { adviceLines, alsoLines } from './advice.ts';
import { paintOf } from './paint.ts';
import { pathLines } from './pathLines.ts';
import type { Checked, Report } from './checked.ts';
import { marksOf, spell, type Style } from './style.ts';
import { hang, wrap } from './wrap.ts';

/** Width of `600.00 s`. */
const timeWidth = 8;
/** With less room than this beside the name, the answer stands below it. */
const answerWidth = 24;

/** The block of one target; `nameWidth` is the column that names are padded to. */
export function targetLines(checked: Checked, report: Report, nameWidth: number, style: Style): readonly string[] {
	const { target, observation } = checked;
	const path = pathOf(target, observation);
	const verdict = report.pulls.find(({ registry }) => registry === target.registry);
	const also = alsoLines(warningsOf(target, observation, report.now), style);
	const head = headLines(checked, path, verdict?.success === true, nameWidth, style);
	if (path.broken) {
		const advice = adviceLines(target, observation, path.broken, verdict, style);
		return [
			...head,
			...imageLines(checked, report, style),
			'',
			...pathLines(path, report.now, style),
			'',
			...advice,
			...also,
		];
	}
	if (!style.verbose) return [...head, ...also];
	return [
		...head,
		...imageLines(checked, report, style),
		'',
		...pathLines(path, report.now, style),
		...(also.length > 0 ? ['', ...also] : []),
	];
}

function headLines(
	checked: Checked,
	{ broken }: Path,
	pullable: boolean,
	nameWidth: number,
	style: Style,
): readonly string[] {
	const { target, observation } = checked;
	const marks = marksOf(style);
	const paint = paintOf(style);
	const name = spell(nameOf(target), style);
	const between = `${' '.repeat(Math.max(0, nameWidth - name.length))}${attemptSeconds(observation.seconds).padStart(timeWidth + 2)}   `;
	const mark = !broken
		? paint.works(marks.works)
		: pullable
			? paint.bypassed(marks.bypassed)
			: paint.broken(marks.broken);
	const answer = broken ? `${broken.role} ${broken.reason} at ${printable(broken.peer)}` : workingAnswer(checked);
	const width = 2 + name.length + between.length;
	const lead = `${mark} ${paint.strong(name)}${between}`;
	const answered = (room: number) => wrap(spell(answer, style), room).map(broken ? paint.strong : (line) => line);
	if (style.columns - width >= answerWidth) return hang(lead, answered(style.columns - width), width);
	return [lead.trimEnd(), ...answered(style.columns - 2).map((line) => `  ${line}`)];
}

function workingAnswer({ target, observation }: Checked): string {
	return target.bare ? 'answers as a registry' : printable(observation.image, 300);
}

function imageLines({ target, observation }: Checked, { node }: Report, style: Style): readonly string[] {
	const text = `${target.bare ? 'asked for ' : ''}${printable(observation.image, 300)} from node ${printable(node)}`;
	return wrap(spell(text, style), style.columns - 2).map((line) => `  ${paintOf(style).faint(line)}`);
}
