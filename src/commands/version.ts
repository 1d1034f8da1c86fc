import { readFileSync } from 'node:fs';

const described: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** The version of this program, as package.json says. */
export const version: string = String(Object(described).version);

/** The commit that this program was built from. A build that knows it puts it in the place of this empty text. */
export const revision: string = '';
