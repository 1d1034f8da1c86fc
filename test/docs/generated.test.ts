import { expect, test } from 'vitest';
import { configurationKeys } from '../../build/docs/configurationKeys.ts';
import { keysWithDefaults } from '../../build/docs/configurationDefaults.ts';
import { withMetrics } from '../../build/docs/metrics.ts';
import { pages } from '../../build/docs/pages.ts';
import { regionOf, withRegion } from '../../build/docs/regions.ts';
import { readDuration } from '../../src/config/duration.ts';
import { read } from './markdown.ts';

test.each(pages)('$file is what npm run docs writes', ({ file, made }) => {
	const page = read(file);
	expect(made(page)).toBe(page);
});

test('a table that was changed by hand is written anew', () => {
	const changed = read('docs/metrics.md').replace('| gauge | `registry` |', '| counter | `registry` |');
	expect(changed).not.toBe(read('docs/metrics.md'));
	expect(withMetrics(changed)).toBe(read('docs/metrics.md'));
});

test('a metric without words begins with its HELP', () => {
	const families = [{ name: 'registry_probe_new', type: 'gauge', help: 'Something new.', labels: ['host'] }] as const;
	expect(withMetrics('| `registry_probe_new` | | | |', families)).toBe(
		'| `registry_probe_new` | gauge | `host` | Something new. |',
	);
});

test('what is said of a metric stays', () => {
	const families = [{ name: 'registry_probe_new', type: 'counter', help: 'Help.', labels: [] }] as const;
	const row = '| `registry_probe_new` | counter | | More than help, with `code`. |';
	expect(withMetrics(row.replace('counter', 'gauge'), families)).toBe(row);
});

test('a region is replaced, and nothing beside it', () => {
	const page = 'before\n<!-- a: written by npm run docs -->\n\nold\n\n<!-- end of a -->\nafter\n';
	expect(withRegion(page, 'a', 'new')).toBe(page.replace('old', 'new'));
	expect(regionOf(page, 'a')).toBe('old');
});

test.each(['', '<!-- a: written by npm run docs -->\n', '<!-- end of a -->'])(
	'a page without it is refused: %j',
	(page) => {
		expect(() => withRegion(page, 'a', 'new')).toThrow(RangeError);
	},
);

test('README says the memory that docs/costs.md has', () => {
	const [, memory = ''] = /^\| memory, working set \| (\d+ MiB) \|/m.exec(read('docs/costs.md')) ?? [];
	expect(memory).not.toBe('');
	expect(read('README.md')).toContain(`about ${memory} `);
});

test('keys with a default are keys', () => {
	const names = configurationKeys().map(({ name }) => name);
	expect(keysWithDefaults.filter((key) => !names.includes(key))).toEqual([]);
});

const rows = [
	...regionOf(read('docs/configuration.md'), 'keys').matchAll(
		/^\| \[`(.+?)`\]\(#(.+?)\) \| (.*?) \| (.*?) \| (.*?) \|$/gm,
	),
];
const sections = read('docs/configuration.md').split(/^### /m);

test.each(rows.map(([, key = '', , , otherwise = '', bounds = '']) => [key, otherwise, bounds] as const))(
	'the section of %s says its default and bounds too',
	(key, otherwise, bounds) => {
		const section = sections.find((each) => each.startsWith(`\`${key}\`\n`)) ?? '';
		const words = [...`${otherwise} ${bounds}`.matchAll(/`([^`]+)`|\b(\d+(?:%|s|ms|h|[KMG]iB))/g)];
		const said = words.map(([, quoted, bare]) => quoted ?? bare ?? '').filter((word) => !usual.has(word));
		expect(said.filter((word) => !section.includes(word) && !hasDuration(section, word))).toEqual([]);
	},
);

/** Whether a text has a duration as long as this one: `60s` for `1m`. */
function hasDuration(text: string, word: string): boolean {
	const seconds = readDuration(word);
	return (
		typeof seconds === 'number' &&
		(text.match(/\b\d+(?:ms|s|m|h)\b/g) ?? []).some((each) => readDuration(each) === seconds)
	);
}

/** Bounds of every duration and percentage, which the table of values has. */
const usual: ReadonlySet<string> = new Set(['1ms', '24h', '0%', '100%', 'interval', 'proxy', 'no_proxy']);
