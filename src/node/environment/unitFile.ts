import { isPlainBlank, trimmed } from '../../registry/trimmed.ts';

/** One `Key=value` of a unit file. */
export interface UnitSetting {
	readonly section: string;
	readonly key: string;
	/** Without white space at its ends, continued lines joined by a space. */
	readonly value: string;
	/** Where it begins, from 1. */
	readonly line: number;
}

/** What systemd takes from a unit file, and where it gave up. */
export interface UnitFile {
	readonly settings: readonly UnitSetting[];
	/** The line of a section without its closing bracket: what follows it is not read. */
	readonly brokenAt?: number;
}

const mostCharacters = 1024 ** 2;
const mostSettings = 10_000;

/**
 * Reads a unit file, a drop-in or system.conf as systemd does (systemd.syntax(7)): comments begin with `#` or `;` and
 * may stand between continued lines, a backslash at the end of a line goes on with the next, lines without `=` and
 * lines before the first section are passed over. Never throws.
 */
export function parseUnitFile(text: string): UnitFile {
	const settings: UnitSetting[] = [];
	let section = '';
	for (const { content, line } of logicalLines(text.slice(0, mostCharacters))) {
		if (content.startsWith('[')) {
			if (!content.endsWith(']')) return { settings, brokenAt: line };
			section = content.slice(1, -1);
			continue;
		}
		const equals = content.indexOf('=');
		if (section === '' || equals < 1 || settings.length >= mostSettings) continue;
		settings.push({
			section,
			key: trim(content.slice(0, equals)),
			value: trim(content.slice(equals + 1)),
			line,
		});
	}
	return { settings };
}

function* logicalLines(text: string): Generator<{ content: string; line: number }> {
	let open: { content: string; line: number } | undefined;
	for (const [index, raw] of text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\n|\r/)
		.entries()) {
		if (/^[ \t]*[#;]/.test(raw)) continue;
		const line = open?.line ?? index + 1;
		const piece = raw.replace(/^[ \t]+/, '');
		const before = open?.content ?? '';
		if (goesOn(piece)) {
			open = { content: `${before}${piece.slice(0, -1)} `, line };
			continue;
		}
		open = undefined;
		const content = trim(before + piece);
		if (content !== '') yield { content, line };
	}
	const content = trim(open?.content ?? '');
	if (open && content !== '') yield { content, line: open.line };
}

/** Whether a backslash at the end joins a line with the next: one that another has taken the meaning from does not. */
function goesOn(line: string): boolean {
	let end = line.length;
	while (end > 0 && line[end - 1] === '\\') end--;
	return (line.length - end) % 2 === 1;
}

function trim(text: string): string {
	return trimmed(text, isPlainBlank);
}
