import type { Role } from '../../src/explain/place.ts';
import type { Reading } from '../../src/explain/reading.ts';
import type { PathStage } from '../../src/reasons/explanation.ts';
import type { AnyReason } from '../../src/reasons/reason.ts';
import recorded from '../data/runtimeTexts.json' with { type: 'json' };

/** What one or more runtimes printed, word by word. */
export interface RecordedText {
	readonly runtimes: readonly string[];
	readonly text: string;
	/** The reason that the text alone tells, where that is less than the truth. */
	readonly says?: AnyReason;
	/** The reading that is expected: reason, role, stage, host, image; `-` for what the text leaves open. */
	readonly reads: string;
}

/** A fault that was set up, and the texts of the runtimes about it. */
export interface Scenario {
	readonly scenario: string;
	readonly setup: string;
	readonly role: Role;
	readonly stage?: PathStage;
	readonly reason: AnyReason;
	readonly texts: readonly RecordedText[];
}

/** One text with the fault that it is about. */
export type Case = RecordedText & Omit<Scenario, 'texts'>;

export const scenarios = recorded as readonly Scenario[];

export const cases: readonly Case[] = scenarios.flatMap(({ texts, ...fault }) =>
	texts.map((text) => ({ ...fault, ...text })),
);

/** A reading in one line, as the recorded texts hold it. */
export function line({ reason, role, stage, host, image }: Reading): string {
	return [reason, role, stage, host, image].map((part) => part ?? '-').join(' ');
}
