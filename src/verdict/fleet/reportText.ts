import { isRecord } from '../../registry/json.ts';
import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';

/** Names of registries and hosts are at most a domain with a port and a path. */
const longest = 300;
/** Entries of one list that are read. */
const most = 1000;

/** A text of an agent's answer, safe to show; undefined for what is none. */
export function textIn(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? printable(redactText(value.slice(0, 2000)), longest) : undefined;
}

/** A number that can be reckoned with, not below 0. */
export function numberIn(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The objects of a list; of anything else none. */
export function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
	return Array.isArray(value) ? value.slice(0, most).filter(isRecord) : [];
}
