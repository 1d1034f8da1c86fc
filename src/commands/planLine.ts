import { wrap } from '../views/terminal/wrap.ts';

const labelWidth = 11;
const width = 80;

/** A label and what it stands for, on one line. */
export function line(label: string, text: string): string {
	return `${label.padEnd(labelWidth)} ${text}`;
}

/** The same on as many lines as it takes, broken between words. */
export function paragraph(label: string, text: string): string[] {
	return wrap(text, width - labelWidth - 1).map((part, at) => line(at === 0 ? label : '', part));
}
