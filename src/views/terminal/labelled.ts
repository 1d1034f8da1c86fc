import { printable } from '../../registry/redact.ts';
import { paintOf } from './paint.ts';
import { narrowScreen, spell, type Style } from './style.ts';
import { widthOf } from './width.ts';
import { hang, wrap } from './wrap.ts';

const labelWidth = 10;
/** Longest text of one part, in characters. */
const partLength = 1000;

/** A part of a report under a label, its further lines below the first, on a narrow screen all of them where it is long; nothing for an empty text. */
export function labelled(label: string, text: string, style: Style, breaker = wrap): readonly string[] {
	if (text === '') return [];
	const strong = paintOf(style).strong(label);
	const said = spell(printable(text, partLength), style);
	const short = label !== '' && widthOf(said) <= style.columns - labelWidth - 2;
	if (style.columns < narrowScreen && !short) {
		return [...(label === '' ? [] : [`  ${strong}`]), ...breaker(said, style.columns - 4).map((line) => `    ${line}`)];
	}
	const width = labelWidth + 2;
	return hang(`  ${strong}${' '.repeat(labelWidth - label.length)}`, breaker(said, style.columns - width), width);
}
