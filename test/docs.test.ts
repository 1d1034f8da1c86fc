import { describe, expect, test } from 'vitest';
import { marker } from '../build/docs/runbook.ts';
import { messageReasons, probeReasons } from '../src/reasons/reason.ts';
import { anchors, brokenLinks, documents, missingPaths, missingWords, prose, read } from './docs/markdown.ts';

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
	'tls_info',
]);

describe('the runbook', () => {
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

	test('every file of the repository that it names is there', () => {
		expect(missingPaths(document)).toEqual([]);
	});

	test('what it says to be in a file is there', () => {
		expect(missingWords(document)).toEqual([]);
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

test('every room says what lives there', () => {
	expect(read('docs/architecture.md')).not.toContain('| to be described |');
});
