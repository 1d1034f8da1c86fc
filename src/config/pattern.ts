import { readGlob } from '../registry/glob.ts';
import { Wrong } from './fault.ts';
import { readLabel } from './field.ts';

const example = 'write for example *.corp.example';

/** A pattern that the names of registries are matched with. */
export function readPattern(value: unknown): string | Wrong {
	const text = readLabel(value);
	if (text instanceof Wrong) return text;
	if (text.includes('/')) return new Wrong('has a slash, which no name of a registry has', example);
	return readGlob(text) ? text.toLowerCase() : new Wrong('is not a pattern', example);
}
