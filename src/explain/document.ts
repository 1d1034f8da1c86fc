import type { AnyReason } from '../reasons/reason.ts';
import type { PathStage } from '../reasons/explanation.ts';
import { meaningOf } from './meaning.ts';
import type { Role } from './place.ts';
import type { Reading } from './reading.ts';

/** What `explain --message … --output json` prints, described by docs/explain.schema.json. */
export interface ExplainDocument {
	readonly version: 1;
	/** Null when the text does not say. */
	readonly reason: AnyReason | null;
	readonly role?: Role;
	readonly stage?: PathStage;
	readonly host?: string;
	readonly image?: string;
	readonly meaning: string;
	readonly remedy: string;
}

/** The reading of a message for programs. */
export function explainDocument(reading: Reading): ExplainDocument {
	const { reason, role, stage, host, image } = reading;
	const { meaning, remedy } = meaningOf(reading);
	return {
		version: 1,
		reason,
		...(role && { role }),
		...(stage && { stage }),
		...(host !== undefined && { host }),
		...(image !== undefined && { image }),
		meaning,
		remedy,
	};
}
