import type { Files, Setup } from './setup.ts';

/** What became of a pull. */
export interface Pulled {
	readonly success: boolean;
	/** What the kubelet would be told of a failure. */
	readonly text: string;
	readonly seconds: number;
}

/** A real program that pulls. */
export interface LiveRuntime {
	/** `containerd 2.4.2`, `containerd 2.4.2, local pull`. */
	readonly title: string;
	/** The value of `node.runtime` whose rules hold. */
	readonly rules: string;
	readonly name: 'containerd' | 'skopeo';
	readonly version: string;
	readonly localPull?: true;
	/** Its own configuration for a set-up. */
	readonly files: (setup: Setup) => Files;
	/** Pulls the image once on the node whose files are below `root`, with nothing kept from earlier; `during` runs while it still does. */
	readonly pull: (root: string, setup: Setup, during: () => Promise<void>) => Promise<Pulled>;
}

/** The image that a set-up pulls. */
export const imageOf = ({ image }: Setup) => image ?? 'registry.test/team/app:1';
