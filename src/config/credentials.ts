import * as z from 'zod/mini';

import type { CredentialChoice } from './config.ts';
import { Wrong } from './fault.ts';
import { field, readText } from './field.ts';

const useFile = 'use { file: … } with the path of a docker config.json';

const written = z.union([
	z.enum(['anonymous', 'node']),
	z.strictObject({ file: z.optional(field(readText)), secret: z.optional(field(readText)) }),
]);

/** Where a login comes from. A Secret can be mounted, and is then a file: the agent needs no right to read it. */
function choose(value: z.infer<typeof written>): CredentialChoice | Wrong {
	if (value === 'anonymous' || value === 'node') return { source: value };
	if (value.secret !== undefined) {
		return new Wrong(
			'names a Secret, which is not read for this',
			'mount it, and use { file: … } with the path of its docker config.json',
		);
	}
	return value.file === undefined ? new Wrong('names no file', useFile) : { source: 'file', file: value.file };
}

/** `anonymous`, `node`, `{ file: … }` or `{ secret: namespace/name }`. */
export const credentials = z.pipe(
	written,
	z.transform((value, context): CredentialChoice => {
		const choice = choose(value);
		if (!(choice instanceof Wrong)) return choice;
		context.issues.push({ code: 'custom', input: value, message: choice.wrong, params: { wrong: choice } });
		return z.NEVER;
	}),
);
