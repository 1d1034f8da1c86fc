import { expect, test } from 'vitest';
import { showLiveLine } from '../../src/commands/liveLine.ts';
import { Progress } from '../../src/commands/progress.ts';
import { styleFor } from '../../src/commands/terminal.ts';
import { aTarget, aTargetOf } from '../views/builders.ts';

const utf8 = { LANG: 'en_US.UTF-8' };

test('a terminal gets colour in its own width', () => {
	expect(styleFor({ isTTY: true, columns: 100 }, utf8)).toEqual({ columns: 100, colour: true, unicode: true });
});

test('what is no terminal gets plain text of 80 columns', () => {
	expect(styleFor({}, utf8)).toEqual({ columns: 80, colour: false, unicode: true });
});

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('no colour with %j', (environment) => {
	expect(styleFor({ isTTY: true }, environment).colour).toBe(false);
});

test('an empty NO_COLOR says nothing', () => {
	expect(styleFor({ isTTY: true }, { NO_COLOR: '' }).colour).toBe(true);
});

test.each([
	[{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
	[{ LC_ALL: '', LC_CTYPE: 'de_DE.utf8' }, true],
	[{}, false],
])('the locale of %j decides over the characters', (environment, unicode) => {
	expect(styleFor({}, environment).unicode).toBe(unicode);
});

test('progress tells where each attempt is', () => {
	const progress = new Progress(3);
	const [hub, ghcr] = [aTarget(), aTargetOf('ghcr.io')];
	progress.begin(hub);
	progress.at(hub, { role: 'token', stage: 'tcp', peer: 'auth.docker.io' });
	progress.begin(ghcr);
	expect(progress.line()).toBe('0 of 3 done  docker.io token tcp auth.docker.io  ghcr.io');
	progress.end(hub);
	expect(progress.line()).toBe('1 of 3 done  ghcr.io');
});

test('on a terminal the line is rewritten in place, cut to its width, and taken away', () => {
	const written: string[] = [];
	const line = showLiveLine(
		{ isTTY: true, columns: 20, write: (text) => written.push(text) },
		true,
		() => 'a line that is longer than twenty columns',
		{ TERM: 'xterm' },
	);
	line.clear();
	expect(written).toEqual(['\r\u001B[2K⠋ a line that is lo', '\r\u001B[2K']);
});

test('a line of wide characters is cut to the columns that they take', () => {
	const written: string[] = [];
	showLiveLine(
		{ isTTY: true, columns: 20, write: (text) => written.push(text) },
		false,
		() => '\u955c\u50cf'.repeat(20),
		{ TERM: 'xterm' },
	).clear();
	expect(written[0]).toBe(`\r\u001B[2K| ${'\u955c\u50cf'.repeat(4)}`);
});

test('a terminal that cannot rewrite a line gets none', () => {
	const written: string[] = [];
	const screen = { isTTY: true, write: (text: string) => written.push(text) };
	showLiveLine(screen, true, () => 'line', { TERM: 'dumb' }).clear();
	expect(written).toEqual([]);
});

test('where there is no terminal nothing is written', () => {
	const written: string[] = [];
	showLiveLine({ write: (text) => written.push(text) }, true, () => 'line').clear();
	expect(written).toEqual([]);
});
