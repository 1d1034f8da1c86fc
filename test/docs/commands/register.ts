import type { Claim } from './claim.ts';
import { ofCheckout } from './ofCheckout.ts';
import { ofCluster } from './ofCluster.ts';
import { ofProgram } from './ofProgram.ts';
import { ofRelease } from './ofRelease.ts';
import { ofRunbook } from './ofRunbook.ts';

/** Every command that README and documents show, to the letter, with how it is known to work. */
export const register: Readonly<Record<string, Claim>> = {
	...ofProgram,
	...ofCheckout,
	...ofCluster,
	...ofRelease,
	...ofRunbook,
};
