import type { AnyReason } from '../reasons/reason.ts';
import type { Place } from './place.ts';
import type { Scene } from './scene.ts';

/** What a message says, and nothing beyond it. All texts are safe to show. */
export interface Reading extends Place {
	/** Null where the text does not say. */
	readonly reason: AnyReason | null;
	/** Where the reason stays open: those that the words fit, if any. */
	readonly open: readonly AnyReason[];
	/** The canonical name, or what was written where that is no image reference. */
	readonly image?: string;
	/** The innermost words, which decided; one line. Empty for an empty message. */
	readonly said: string;
	/** kubelet says that the pull failed; why stands in another message. */
	readonly outerOnly: boolean;
	/** What else the explanation of the reason can use. */
	readonly details: Pick<Scene, 'status' | 'nameserver' | 'dialled' | 'lookedUp'> & {
		readonly scheme?: 'http' | 'https';
	};
}
