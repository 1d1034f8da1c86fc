import { isRecord } from '../registry/json.ts';
import { printable } from '../registry/redact.ts';
import { redactText } from '../registry/redactText.ts';
import type { PodExplanation } from './podExplanation.ts';

/** Explanations that are read. */
const most = 1000;
const longest = 4000;
const deepest = 6;

/** What an agent explains, and how fresh it is. */
export interface ReadPods {
	/** Seconds since the epoch; absent where the agent asks nobody about pods. */
	readonly syncedAt?: number;
	readonly pods: readonly PodExplanation[];
}

/**
 * The answer of an agent to `/api/v1/pods` (docs/pods.schema.json, version 1), every text of it made safe to show again;
 * undefined for what is no such document. An entry that lacks what is needed is passed over.
 */
export function readPods(document: unknown): ReadPods | undefined {
	if (!isRecord(document) || document['version'] !== 1 || !Array.isArray(document['pods'])) return undefined;
	const pods = (document['pods'] as readonly unknown[]).slice(0, most).map((pod) => safe(pod, deepest));
	const { syncedAt } = document;
	return { ...(typeof syncedAt === 'number' && { syncedAt }), pods: pods.filter(isExplanation) };
}

/** A value in which every text can be shown. */
function safe(value: unknown, depth: number): unknown {
	if (typeof value === 'string') return lines(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth === 0) return null;
	if (Array.isArray(value)) return value.slice(0, most).map((one) => safe(one, depth - 1));
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, safe(one, depth - 1)]));
}

/** A remedy has a line for each command. */
function lines(text: string): string {
	return text
		.slice(0, longest)
		.split('\n')
		.map((line) => printable(redactText(line), longest))
		.join('\n');
}

const texts = ['namespace', 'pod', 'uid', 'container', 'image', 'state', 'cause', 'explained', 'summary', 'remedy'];

function isExplanation(value: unknown): value is PodExplanation {
	if (!isRecord(value)) return false;
	const { reason, evidence, changed, pullSecrets = [] } = value;
	return (
		texts.every((name) => typeof value[name] === 'string') &&
		(reason === null || typeof reason === 'string') &&
		['registry', 'role', 'stage', 'host'].every((name) => isMissingOr('string', value[name])) &&
		['since', 'tries'].every((name) => isMissingOr('number', value[name])) &&
		isList(evidence, ({ text, source, at }) => isText(text) && isText(source) && isMissingOr('number', at)) &&
		isList(changed, ({ text, at }) => isText(text) && typeof at === 'number') &&
		isList(pullSecrets, ({ name, success }) => isText(name) && typeof success === 'boolean')
	);
}

function isList(value: unknown, fits: (one: Readonly<Record<string, unknown>>) => boolean): boolean {
	return Array.isArray(value) && value.every((one) => isRecord(one) && fits(one));
}

const isText = (value: unknown) => typeof value === 'string';
const isMissingOr = (type: 'string' | 'number', value: unknown) => value === undefined || typeof value === type;
