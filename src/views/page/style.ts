import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The style sheets beside this file, in the order in which later rules win. */
const sheets = ['base', 'top', 'target', 'path', 'folded', 'side', 'tables', 'narrow'];

/** The style of the page, sent inside it. */
export const pageStyle = sheets
	.map((name) => readFileSync(new URL(`style/${name}.css`, import.meta.url), 'utf8'))
	.join('\n');

/** The source expression by which a content security policy allows the style (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`;
