import { printable } from '../../registry/redact.ts';
import { paintOf } from './paint.ts';
import { spell, type Style } from './style.ts';
import { hang, wrap } from './wrap.ts';

const labelWidth = 10;
/** Longest text of one part, in characters. */
const partLength = 1000;

/** A part of a report under a label, its further lines below the first; nothing for an empty text. */
export function labelled(label: string, text: string, style: Style, breaker = wrap): readonly string[] {
	if (text === '') return [];
	const lead = `  ${paintOf(style).strong(label)}${' '.repeat(labelWidth - label.length)}`;
	const width = labelWidth + 2;
	return hang(lead, breaker(spell(printable(text, partLength), style), style.columns - width), width);
}
