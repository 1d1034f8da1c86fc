import type { ApiAccess } from './access.ts';
import type { ApiFailure } from './apiFailure.ts';

/** As whom an agent writes. */
export interface Writer {
	readonly access: ApiAccess;
	/** The node of this agent. */
	readonly node: string;
}

/** What one thing is written with. */
export interface Writing extends Writer {
	readonly signal: AbortSignal;
}

/** What something is kept up to date with. */
export interface Report extends Writer {
	readonly onWritten: () => void;
	/** Told each time that something could not be written. */
	readonly onFailure: (failure: ApiFailure) => void;
}
