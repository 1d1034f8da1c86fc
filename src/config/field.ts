import * as z from 'zod/mini';

import { Wrong } from './fault.ts';

/** The part of the schema that a reader of single values is: what it returns as `Wrong` becomes an issue with its remedy. */
export function field<T>(read: (value: unknown) => T | Wrong) {
	return z.pipe(
		z.unknown(),
		z.transform((value, context): T => {
			const result = read(value);
			if (!(result instanceof Wrong)) return result;
			context.issues.push({ code: 'custom', input: value, message: result.wrong, params: { wrong: result } });
			return z.NEVER;
		}),
	);
}

/** A text that is not empty, on one line. */
export function readText(value: unknown): string | Wrong {
	if (typeof value !== 'string') return new Wrong('is not a text', 'put it in quotes');
	if (value.trim() === '') return new Wrong('is empty', 'write a value, or remove the key');
	return /\p{Cc}/u.test(value) ? new Wrong('holds control characters', 'write it on one line') : value;
}

/** A text that becomes the value of a label: short and without spaces. */
export function readLabel(value: unknown): string | Wrong {
	const text = readText(value);
	if (text instanceof Wrong) return text;
	if (/\s/.test(text)) return new Wrong('holds spaces', 'write it without');
	return text.length > 253 ? new Wrong('is longer than 253 characters', 'write a shorter one') : text;
}

/** The name of a registry, a label too: where it is reached, and as whom, is said elsewhere and would be told with it. */
export function readName(value: unknown): string | Wrong {
	const text = readLabel(value);
	if (text instanceof Wrong) return text;
	if (text.includes('://')) return new Wrong('holds a scheme', 'write the host alone; a scheme belongs to endpoint');
	return text.includes('@') ? new Wrong('holds an @', 'write it without; a login belongs to credentials') : text;
}

/** A whole number between 1 and `most`. */
export function readCount(value: unknown, most: number): number | Wrong {
	const counts = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
	return counts ? value : new Wrong(`is not a whole number from 1 to ${most}`, 'write for example 4');
}
