import type { AnyReason } from './reason.ts';

/** The stages of the path, in its order. The same words as the metric label `stage`. */
export const pathStages = ['dns', 'tcp', 'proxy', 'tls', 'challenge', 'token', 'manifest', 'blob'] as const;

export type PathStage = (typeof pathStages)[number];

/**
 * What is known about one reason. `means`, `prints`, `remedy` and `confirm` are templates with placeholders (see
 * `placeholder.ts`): print them through `explain`, or `fill` and `fillCommand`.
 */
export interface Explanation {
	/** A few words, without a full stop. */
	readonly title: string;
	/** Where a probe can fail so; empty for what only messages tell. */
	readonly stages: readonly PathStage[];
	/** One or two sentences: what it means for pulls on this node. */
	readonly means: string;
	/** What containerd 2.x prints for it, without the outermost `failed to pull and unpack image …`; empty when nothing. */
	readonly prints: string;
	/** Stages at which it prints something else. */
	readonly printsAt?: Readonly<Partial<Record<PathStage, string>>>;
	/** What to do, in one to three sentences. */
	readonly remedy: string;
	/** A command that confirms it by hand on the node. It prints no secret and no registry counts it as a pull. */
	readonly confirm: string;
	/** What else it could be, or is easily taken for. */
	readonly related: readonly AnyReason[];
}
