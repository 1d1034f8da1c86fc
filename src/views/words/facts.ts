import type { Facts } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';

/** Longest text of one fact that is shown, in characters. */
const textLength = 300;

/** What a stage learned under `key` as text that is safe to show, or undefined. */
export function textOf(facts: Facts | undefined, key: string): string | undefined {
	const value = facts?.[key];
	return typeof value === 'string' && value !== '' ? printable(value, textLength) : undefined;
}

export function numberOf(facts: Facts | undefined, key: string): number | undefined {
	const value = facts?.[key];
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The texts of a list; what is no text is left out. */
export function textsOf(facts: Facts | undefined, key: string): readonly string[] {
	return listOf(facts, key).flatMap((value) => (typeof value === 'string' ? [printable(value, textLength)] : []));
}

/** The rows of a table: `addresses` of tcp, `nameservers` of dns. */
export function rowsOf(facts: Facts | undefined, key: string): readonly Facts[] {
	return listOf(facts, key).filter(isFacts);
}

/** Facts below a key: `ratelimit`. */
export function partOf(facts: Facts | undefined, key: string): Facts | undefined {
	const value = facts?.[key];
	return isFacts(value) ? value : undefined;
}

function listOf(facts: Facts | undefined, key: string): readonly unknown[] {
	const value = facts?.[key];
	return Array.isArray(value) ? value : [];
}

function isFacts(value: unknown): value is Facts {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
