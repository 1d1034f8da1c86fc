import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The style sheets beside this file, in the order in which later rules win. */
const sheets = ['base', 'target', 'path', 'dense', 'side', 'failures', 'narrow'];

/** The style of the page, sent inside it. */
export const pageStyle = sheets
	.map((name) => readFileSync(new URL(`style/${name}.css`, import.meta.url), 'utf8'))
	.join('\n');

/** The source expression by which a content security policy allows the style (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`;

/** The content security policy that the page is sent with: its own style and its own icon, nothing else. */
export const pageSecurityPolicy = `default-src 'none'; style-src '${pageStyleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
