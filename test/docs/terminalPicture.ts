/** What the codes of colours and weights mean in the picture (ECMA-48, 8.3.117). */
const classes: Readonly<Record<string, string>> = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow' };
const ending: ReadonlySet<string> = new Set(['0', '22', '39']);

const style = `
body { margin: 0; background: #14171a; }
pre { display: inline-block; margin: 0; padding: 1.1rem 1.4rem; color: #d7dbdf; font: 14px/1.42 'DejaVu Sans Mono', monospace; }
.bold { font-weight: 700; } .dim { color: #8b949d; } .red { color: #ff6b70; } .green { color: #6cb598; } .yellow { color: #e0b354; }
`;

/** What a terminal was sent, as a page that looks like the terminal. */
export function terminalPage(command: string, written: string): string {
	const text = written
		.slice(written.lastIndexOf('\u001b[2K') + 1)
		.replace(/^\[2K/, '')
		.replaceAll('\r', '');
	return `<!doctype html><meta charset="utf-8"><style>${style}</style><pre><span class="dim">$</span> ${escaped(command)}\n${painted(text)}</pre>`;
}

/** `styleText` ends what it begins, so that spans can stand for both. */
function painted(text: string): string {
	// Every second part is a list of codes.
	const parts = text.split(new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`));
	return parts.map((part, at) => (at % 2 === 0 ? escaped(part) : part.split(';').map(spanOf).join(''))).join('');
}

function spanOf(code: string): string {
	return ending.has(code) ? '</span>' : `<span class="${classes[code] ?? ''}">`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
