import { printable } from '../../registry/redact.ts';
import type { PullVerdict } from '../../verdict/pullVerdict.ts';
import type { FailureRecord } from '../words/path.ts';
import { attemptSeconds } from '../words/quantities.ts';
import { nameOf } from '../words/verdict.ts';
import type { Checked } from './checked.ts';
import { paintOf } from './paint.ts';
import { marksOf, spell, type Style } from './style.ts';
import { padded, widthOf } from './width.ts';
import { hang, wrap } from './wrap.ts';

/** Width of `600.00 s`, with the gap before it. */
const timeWidth = 10;
/** With less room than this beside the name, the answer stands below it. */
const answerWidth = 24;

/** The answer for one target: its name, how long it took, and what was found. Names are padded to `nameWidth`. */
export function headLines(
	{ target, observation }: Checked,
	broken: FailureRecord | undefined,
	verdict: PullVerdict | undefined,
	nameWidth: number,
	style: Style,
): readonly string[] {
	const strong = paintOf(style).strong;
	const name = spell(nameOf(target), style);
	const time = attemptSeconds(observation.seconds).padStart(timeWidth);
	const between = `${padded(name, nameWidth).slice(name.length)}${time}   `;
	const lead = `${markOf(broken, verdict, style)} ${strong(name)}${between}`;
	const width = 2 + widthOf(name) + between.length;

	const text = spell(broken ? brokenAnswer(broken) : workingAnswer({ target, observation }), style);
	const answer = (room: number) => wrap(text, room).map(broken ? strong : (line) => line);
	if (style.columns - width >= answerWidth) return hang(lead, answer(style.columns - width), width);
	return [lead.trimEnd(), ...answer(style.columns - 2).map((line) => `  ${line}`)];
}

function markOf(broken: FailureRecord | undefined, verdict: PullVerdict | undefined, style: Style): string {
	const paint = paintOf(style);
	const marks = marksOf(style);
	if (!broken) return paint.works(marks.works);
	return verdict?.success === true ? paint.bypassed(marks.bypassed) : paint.broken(marks.broken);
}

function brokenAnswer({ role, reason, peer }: FailureRecord): string {
	return `${role} ${reason} at ${printable(peer)}`;
}

function workingAnswer({ target, observation }: Checked): string {
	return target.bare ? 'answers as a registry' : printable(observation.image, 300);
}
