import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** The project's documents, as paths from its root. */
export function documents(): readonly string[] {
	const top = readdirSync(root).filter((name) => name.endsWith('.md'));
	const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
	return [...top, ...docs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
}

export function read(document: string): string {
	return readFileSync(join(root, document), 'utf8');
}

/** A document without its blocks of code, in which nothing is a link or a heading. */
export function prose(document: string): string {
	return read(document).replace(/^(`{3,}|~{3,}).*?^\1\s*$/gms, '');
}

/** The anchors that GitHub makes of the headings, in their order; repeated ones repeated. */
export function anchors(document: string): readonly string[] {
	const headings = [...prose(document).matchAll(/^#{1,6} +(.+?)\s*$/gm)].map(([, text = '']) => text);
	return headings.map((text) =>
		text
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
}

/** The relative links of a document, its pictures included, that lead nowhere; and those by a name that it does not explain. */
export function brokenLinks(document: string): readonly string[] {
	const text = prose(document).replace(/`[^`\n]*`/g, '');
	const inline = [...text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(([, target = '']) => target);
	const explained = new Map(
		[...text.matchAll(/^\[([^\]]+)\]: *(\S+)/gm)].map(([, name = '', target = '']) => [name, target]),
	);
	const named = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name = '']) => name);
	const targets = [...inline, ...explained.values()].filter((target) => !/^[a-z]+:/.test(target));
	return [
		...targets.filter((target) => !leadsSomewhere(document, target)),
		...named.filter((name) => !explained.has(name)),
	];
}

/** Directories of the repository whose files documents name. */
const directories = 'src|test|build|bench|docs|grafana|manifests';

/** Files of an example that is walked through in CONTRIBUTING.md. */
export const ofExamples: ReadonlySet<string> = new Set([
	'src/probe/stages/signature.ts',
	'test/probe/signature.test.ts',
]);

/** The files and directories of the repository that a document names in its text, and that are not there. */
export function missingPaths(document: string): readonly string[] {
	const named = [...prose(document).matchAll(/`([^`\n]+)`/g)].flatMap(([, words = '']) => words.split(' '));
	const paths = named.filter((word) => new RegExp(`^(?:${directories})/[\\w./-]+$`).test(word));
	// A part in capitals stands for a name.
	const whole = paths.filter((path) => !ofExamples.has(path) && !/\/[A-Z]+(?:\/|$)/.test(path));
	return whole.filter((path) => !existsSync(join(root, path)));
}

/** What a document says to be in a file (`word` in `file`, `word` (`file`)) and is not. */
export function missingWords(document: string): readonly string[] {
	const pairs = prose(document).matchAll(/`([A-Za-z_]\w+)` (?:in|of|\()\s?\(?`([\w./-]+\/[\w./-]+\.(?:ts|json))`/g);
	return [...pairs].flatMap(([, word = '', file = '']) => {
		if (ofExamples.has(file) || !existsSync(join(root, file))) return [];
		return read(file).includes(word) ? [] : [`${word} in ${file}`];
	});
}

/** Whether a relative link of a document leads to a file, and to a heading of it. */
export function leadsSomewhere(document: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? document : join(dirname(document), path);
	if (!existsSync(join(root, file))) return false;
	if (anchor === undefined || statSync(join(root, file)).isDirectory()) return anchor === undefined;
	return anchors(file).includes(anchor);
}
