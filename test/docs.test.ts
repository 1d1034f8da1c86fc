import { describe, expect, test } from 'vitest';
import { messageReasons, probeReasons } from '../src/reasons/reason.ts';
import { anchors, brokenLinks, documents, prose, read } from './docs/markdown.ts';
import { marker, sections } from './docs/runbook.ts';
import { packages, rooms } from './layout/rooms.ts';

const everyReason = [...probeReasons, ...messageReasons];

/** Words that look like a reason: in a `reason` matcher, or in backquotes and begun like the reasons of a stage. */
function reasonLike(text: string): readonly string[] {
	const matched = [...text.matchAll(/\breason="([^"]*)"/g)].map(([, word = '']) => word);
	const quoted = [...text.matchAll(/`((?:dns|tcp|tls|http|auth|redirect|body|proxy|pull)_[a-z_]+)`/g)];
	return [...matched, ...quoted.map(([, word = '']) => word)];
}

/** Words of that look which are something else: keys of the configuration, metrics in tables that leave out the prefix. */
const otherWords: ReadonlySet<string> = new Set([
	'pull_success',
	'pull_delay_seconds',
	'pull_secrets',
	'pull_secret_success',
	'pull_secret_failure',
]);

describe('the runbook', () => {
	test('is up to date with the table of reasons: npx node test/docs/writeRunbook.ts', () => {
		const [, written] = read('docs/runbook.md').split(marker);
		expect(written?.trim()).toBe(sections().trim());
	});

	test('has a section for every reason and for nothing else', () => {
		const [introduction = ''] = prose('docs/runbook.md').split(marker);
		const own = [...introduction.matchAll(/^#{1,6} /gm)].length;
		expect(anchors('docs/runbook.md').slice(own).toSorted()).toEqual(everyReason.toSorted());
	});

	test.each(everyReason)('%s has its parts', (reason) => {
		const section =
			read('docs/runbook.md')
				.split(/^## /m)
				.find((text) => text.startsWith(`${reason}\n`)) ?? '';
		const parts = [...section.matchAll(/^\*\*(.+?):\*\*/gm)].map(([, part]) => part);
		expect(parts).toEqual(['Meaning', 'Where', 'containerd prints', 'Confirm by hand', 'Remedy', 'Related']);
	});
});

describe.each(documents())('%s', (document) => {
	test('every relative link leads to a file and a heading', () => {
		expect(brokenLinks(document)).toEqual([]);
	});

	test('no two headings have the same anchor', () => {
		const all = anchors(document);
		expect(all.filter((anchor, i) => all.indexOf(anchor) !== i)).toEqual([]);
	});

	test('npm scripts that it names exist', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const named = [...read(document).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(
			([, name = '']) => name,
		);
		expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
	});

	test('reasons that it names exist', () => {
		const words: ReadonlySet<string> = new Set(everyReason);
		expect(reasonLike(read(document)).filter((word) => !words.has(word) && !otherWords.has(word))).toEqual([]);
	});
});

describe('the table of rooms in CONTRIBUTING.md', () => {
	const rows = [...read('CONTRIBUTING.md').matchAll(/^\| (`main\.ts`, )?`(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)];
	const written = new Map(rows.map(([, , room = '', imports = '', own = '']) => [room, { imports, own }]));
	const named = (text: string, words: readonly string[]) =>
		text.match(/[@\w/-]+/g)?.filter((w) => words.includes(w)) ?? [];

	test('has every room and no other', () => {
		expect([...written.keys()].toSorted()).toEqual(Object.keys(rooms).toSorted());
	});

	test.each(Object.entries(rooms))('says whom %s may import', (room, { all, types = [] }) => {
		const imports = written.get(room)?.imports ?? '';
		const everybody = /every room|the rooms above/.test(imports);
		const expected = everybody ? [] : [...all, ...types];
		expect(named(imports, Object.keys(rooms)).toSorted()).toEqual(expected.toSorted());
		expect(everybody).toBe(room === 'commands' || room === 'store');
	});

	test.each(Object.keys(rooms))('says which packages belong to %s', (room) => {
		const expected = Object.keys(packages).filter((name) => packages[name]?.includes(room));
		expect(named(written.get(room)?.own ?? '', Object.keys(packages)).toSorted()).toEqual(expected.toSorted());
	});
});
