import type { Kind } from '../scene.ts';
import type { Told } from '../told.ts';

/**
 * One kind of error: the words of a layer, and what they tell. In a table an earlier rule wins over a later one,
 * wherever its layer stands: where several layers have a rule, the one that says more comes first.
 */
export interface Rule extends Told {
	/** Fits the text of one layer. Begins with `^` unless the words stand in a sentence of their own. */
	readonly says: RegExp;
	/** Only below a layer of this kind. */
	readonly inside?: Kind;
	/** Words of a registry, which also count in the body of an answer. All others there are the server's own prose. */
	readonly body?: true;
	/** The source text that words it so, or `measured`: a runtime printed it for this fault. */
	readonly from: string;
}
