import type { Setup } from '../setup.ts';
import { faults } from './faults.ts';
import { logins } from './logins.ts';
import { mirrors } from './mirrors.ts';
import { places } from './places.ts';
import { proxies } from './proxies.ts';
import { registries } from './registries.ts';
import { trusted } from './trusted.ts';
import { variants } from './variants.ts';

/** Every set-up of the live suite. */
export const setups: readonly Setup[] = [
	...mirrors,
	...places,
	...trusted,
	...logins,
	...proxies,
	...faults,
	...registries,
	...variants,
];
