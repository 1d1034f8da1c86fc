/** A table in Markdown. A bar inside a cell would end it, a line break too. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))];
	return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cell(text: string): string {
	return text.replaceAll('|', String.raw`\|`).replace(/\s*\n\s*/g, ' ');
}

/** The anchor that GitHub makes of a heading. */
export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

/** A word as code. */
export function code(word: string): string {
	return `\`${word}\``;
}
