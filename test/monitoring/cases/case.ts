import type { Line } from '../timeline.ts';

/** When an alert fires and when it does not, for one fault. */
export interface Case {
	readonly alert: string;
	/** What the fault is. */
	readonly when: string;
	readonly lines: readonly Line[];
	/** The labels that it has, beside its name; where several alerts fire, of each. */
	readonly alerts: readonly Readonly<Record<string, string>>[];
	/** Minutes at which it fires: the first and the last. */
	readonly fires: readonly [first: number, last: number];
	/** Minutes at which it does not: before, and after it has ended. */
	readonly silent: readonly [before: number, after: number];
	readonly every?: number;
}

/** Something that looks like the fault and is none: the alert never fires within so many minutes. */
export interface Quiet {
	readonly alert: string;
	readonly when: string;
	readonly lines: readonly Line[];
	readonly minutes: number;
	readonly every?: number;
}
