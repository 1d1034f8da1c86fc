import type { PathStage } from '../reasons/explanation.ts';
import type { AnyReason } from '../reasons/reason.ts';

/** What the words of an error tell about its cause. */
export interface Told {
	/** Null where the words fit several reasons, or say nothing about it. */
	readonly reason: AnyReason | null;
	/** Where the reason stays open: those that the words fit. */
	readonly open?: readonly AnyReason[];
	/** `asked`: the stage that belongs to the request, as far as that is known. */
	readonly stage?: PathStage | 'asked';
}
