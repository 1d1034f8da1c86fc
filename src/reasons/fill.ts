import { known } from './known.ts';
import { digFor, phrasesFor } from './phrases.ts';
import { isPlaceholder, placeholderWords } from './placeholder.ts';
import type { Placeholder, Values } from './placeholder.ts';

const brace = /\{([a-zA-Z]+)\}/g;

/** `place` at the start of a sentence, or before the end of one. */
function fitted(place: string, template: string, at: number): string {
	const first = at === 0 || template.slice(0, at).endsWith('. ');
	const last = /^[.:;]/.test(template.slice(at + '{place}'.length));
	const begun = first ? place.charAt(0).toUpperCase() + place.slice(1) : place;
	return last ? begun.replace(/,$/, '') : begun;
}

/** Phrases are ours and may hold placeholders: they are put in before any value is. */
function withPhrases(template: string, values: Values): string {
	const { place, ...others } = phrasesFor(values);
	const phrases = new Map(Object.entries({ ...others, dig: digFor(values) }));
	return template.replace(brace, (whole, name: string, at: number) =>
		name === 'place' ? fitted(place, template, at) : (phrases.get(name) ?? whole),
	);
}

function replaceAll(template: string, given: Values, take: (name: Placeholder, value: string) => string): string {
	const values = known(given);
	return withPhrases(template, values).replace(brace, (_, name: string) => {
		if (!isPlaceholder(name)) return name.toUpperCase();
		const value = values[name];
		return value === undefined || value === '' ? placeholderWords[name] : take(name, value);
	});
}

/**
 * A template for people with its placeholders replaced. A value is put in as it is and never read as a template; where
 * none is known stands a word in capitals, as in a manual page.
 */
export function fill(template: string, values: Values): string {
	return replaceAll(template, values, (_, value) => value);
}

/** What a shell and its programs take as one plain word, wherever it stands. */
const plainWord = /^[A-Za-z0-9[:][A-Za-z0-9._:/@\][-]*$/;

/**
 * A command with its placeholders replaced, safe to paste. Values come from outside, and `$(reboot).example` is a host
 * to a URL parser: a value that a shell could read as anything but a plain word is left out, the word in capitals stands
 * in its place.
 */
export function fillCommand(template: string, values: Values): string {
	return replaceAll(template, values, (name, value) => (plainWord.test(value) ? value : placeholderWords[name]));
}
