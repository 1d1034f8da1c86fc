import { meaningOf } from '../../explain/meaning.ts';
import type { Reading } from '../../explain/reading.ts';
import { runbookAnchor } from '../words/explained.ts';
import { labelled } from './labelled.ts';
import { paintOf } from './paint.ts';
import { marksOf, spell, type Style } from './style.ts';
import { widthOf } from './width.ts';
import { hang, wrap, wrapCommand } from './wrap.ts';

/** The reading of a message as text, laid out like the report of `check`: the answer first. Ends in a line break. */
export function renderReading(reading: Reading, style: Style): string {
	const { reason, role, stage, host = '', said } = reading;
	const { meaning, remedy, confirm } = meaningOf(reading);
	const where = [
		...labelled('Role', role ?? '', style),
		...labelled('Stage', stage ?? '', style),
		...labelled('Host', host, style),
	];
	const lines = [
		...headLines(reading, style),
		'',
		...where,
		...labelled('Said', said, style),
		...labelled('Means', meaning, style),
		...labelled('Do', remedy, style),
		...labelled('Confirm', confirm, style, wrapCommand),
		...labelled('More', reason === null ? '' : runbookAnchor(reason), style),
	];
	return `${lines.join('\n')}\n`;
}

/** What failed and why. A reason that the text leaves open is no failure of a path: it has the mark of a warning. */
function headLines({ reason, image, host }: Reading, style: Style): readonly string[] {
	const paint = paintOf(style);
	const marks = marksOf(style);
	const mark = reason === null ? paint.bypassed(marks.bypassed) : paint.broken(marks.broken);
	const name = spell(image ?? host ?? 'message', style);
	const answer = reason ?? 'the text leaves the reason open';
	const whole = `${name}   ${answer}`;
	const lines = widthOf(whole) <= style.columns - 2 ? [whole] : [name, ...wrap(answer, style.columns - 2)];
	return hang(`${mark} `, lines.map(paint.strong), 2);
}
