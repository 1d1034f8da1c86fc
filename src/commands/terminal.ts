import type { Style } from '../views/terminal/style.ts';

/** Lines are laid out for at least and at most so many columns: narrower breaks the layout, wider is hard to read. */
const narrowest = 40;
const widest = 120;
/** Width where there is no terminal to ask. */
const usual = 80;

/** What a stream tells about itself; process.stdout and process.stderr do. */
export interface Screen {
	readonly isTTY?: boolean;
	readonly columns?: number;
}

/** As `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How text for `screen` looks: plain where it is not a terminal, no colour with NO_COLOR (https://no-color.org) or
 * TERM=dumb, ASCII where the locale is not UTF-8.
 */
export function styleFor(screen: Screen, environment: Environment): Omit<Style, 'verbose'> {
	const terminal = screen.isTTY === true;
	return {
		columns: terminal ? Math.min(widest, Math.max(narrowest, screen.columns || usual)) : usual,
		colour: terminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb',
		unicode: speaksUtf8(environment),
	};
}

/** Whether a line that is already there can be written anew. */
export function canRewrite(screen: Screen, environment: Environment): boolean {
	return screen.isTTY === true && environment['TERM'] !== 'dumb';
}

/** The first of the three that is set decides (POSIX, Environment Variables, 8.2). */
function speaksUtf8(environment: Environment): boolean {
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
	return /utf-?8/i.test(locale);
}
