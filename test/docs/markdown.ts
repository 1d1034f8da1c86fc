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

/** The relative links of a document that lead nowhere. */
export function brokenLinks(document: string): readonly string[] {
	const text = prose(document).replace(/`[^`\n]*`/g, '');
	const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	return targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(document, target));
}

function leadsSomewhere(document: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? document : join(dirname(document), path);
	if (!existsSync(join(root, file))) return false;
	if (anchor === undefined || statSync(join(root, file)).isDirectory()) return anchor === undefined;
	return anchors(file).includes(anchor);
}
