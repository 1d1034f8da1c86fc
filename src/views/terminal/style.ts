/** How the terminal wants its text. */
export interface Style {
	/** Characters in a line. */
	readonly columns: number;
	readonly colour: boolean;
	/** Whether marks and punctuation beyond ASCII can be shown. */
	readonly unicode: boolean;
	/** Green paths in full. */
	readonly verbose: boolean;
}

/** With fewer columns than this, what stands beside its label or stage elsewhere stands below it. */
export const narrowScreen = 60;

/** The signs in front of a line. */
export interface Marks {
	readonly works: string;
	readonly broken: string;
	/** The path is broken, but pulls still succeed another way. */
	readonly bypassed: string;
	readonly ahead: string;
}

const signs: Marks = { works: '✓', broken: '✗', bypassed: '!', ahead: '·' };
const asciiSigns: Marks = { works: '+', broken: 'x', bypassed: '!', ahead: '-' };

export function marksOf({ unicode }: Style): Marks {
	return unicode ? signs : asciiSigns;
}

const replacements: Readonly<Record<string, string>> = {
	'…': '...',
	'→': '->',
	'×': 'x',
	'–': '-',
	'—': '-',
	'‘': "'",
	'’': "'",
	'“': '"',
	'”': '"',
	'·': '-',
};

/** The text in the characters that the terminal has. */
export function spell(text: string, { unicode }: Style): string {
	return unicode ? text : text.replace(/[^\x20-\x7e\n]/gu, (character) => replacements[character] ?? '?');
}
