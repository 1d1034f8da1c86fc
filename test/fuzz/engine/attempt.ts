import { processorTime } from '../../processorTime.ts';
import { type Marks, type Target } from '../target.ts';

/** What kind of breach an input is. */
export type FindingKind = 'error' | 'slow' | 'growth' | 'hang' | 'memory';

/** An input that breaks the contract. */
export interface Finding {
	readonly kind: FindingKind;
	/** The same words for the same fault. */
	readonly what: string;
	readonly input: Buffer;
}

/** What came of one input. */
export interface Attempt {
	readonly marks: Marks;
	/** Milliseconds of processor time. */
	readonly took: number;
	readonly finding?: Finding;
}

/** An input of a few thousand bytes takes a few of these milliseconds; coverage and a busy machine make it ten times that. */
const slowest = 2000;

/** Tries an input once. Never rejects. */
export async function attempt(target: Target, input: Buffer): Promise<Attempt> {
	const begun = processorTime();
	let marks: Marks = [];
	let finding: Finding | undefined;
	try {
		const found = target.check(input);
		marks = found instanceof Promise ? await found : found;
	} catch (error) {
		finding = { kind: 'error', what: whatOf(error), input };
	}
	const took = processorTime() - begun;
	if (!finding && took > slowest) finding = { kind: 'slow', what: 'takes too long for its length', input };
	return { marks, took, ...(finding && { finding }) };
}

/** The error, and the first line of our own code that it came from. */
function whatOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const at = /(?:src|node_modules)\/[^\s)]+/.exec(error.stack ?? '')?.[0] ?? '';
	return `${error.name}: ${error.message.slice(0, 160)}${at === '' ? '' : ` at ${at}`}`;
}

/** What findings with the same fault have in common. */
export function faultOf({ kind, what }: Finding): string {
	return `${kind} ${what.replace(/"(?:[^"\\]|\\.)*"?/g, '').replace(/\d+/g, '0')}`;
}
