import { known } from './known.ts';
import { phrases } from './phrases.ts';
import { isPlaceholder, placeholderWords } from './placeholder.ts';
import type { Placeholder, Values } from './placeholder.ts';

const brace = /\{([a-zA-Z]+)\}/g;

/** Phrases are ours and may hold placeholders; they are put in before any value is. */
function withPhrases(template: string, values: Values): string {
	const phrase = phrases(values);
	return template.replace(brace, (all, name: string) => {
		return Object.hasOwn(phrase, name) ? phrase[name as keyof typeof phrase] : all;
	});
}

function replaceAll(template: string, values: Values, take: (name: Placeholder, value: string) => string): string {
	const all = known(values);
	return withPhrases(template, values).replace(brace, (_, name: string) => {
		if (!isPlaceholder(name)) return name.toUpperCase();
		const value = all[name];
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

/** What a shell takes as one plain word, wherever it stands. Names come from outside: `$(reboot).example` is a host to a URL parser. */
const plainWord = /^[A-Za-z0-9[:][A-Za-z0-9._:/@\][-]*$/;

/**
 * A command with its placeholders replaced, safe to paste: a value that a shell could read as anything but a plain word
 * is left out, and the word in capitals stands in its place.
 */
export function fillCommand(template: string, values: Values): string {
	return replaceAll(template, values, (name, value) => (plainWord.test(value) ? value : placeholderWords[name]));
}
