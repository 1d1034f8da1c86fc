import pLimit from 'p-limit';

import { type Judged, judge } from './judged.ts';
import { makeNetworks } from './network.ts';
import { recorded } from './recorded.ts';
import { setups } from './setups.ts';
import { makeGround } from './site.ts';

/** How many scenarios are tried at the same time. */
const atOnce = 16;

/** What came of a scenario, or what kept it from being tried. */
export type Outcome = { readonly scenario: string } & (
	| { readonly judged: readonly Judged[] }
	| { readonly error: string }
);

await makeNetworks();
await using ground = await makeGround();
const limit = pLimit(atOnce);
const only = process.argv.slice(2);
const outcomes = recorded.map(({ scenario, ...more }, at) =>
	limit(async (): Promise<Outcome[]> => {
		const setup = setups[scenario];
		if (!setup || (only.length > 0 && !only.includes(scenario))) return [];
		try {
			return [{ scenario, judged: await judge({ scenario, ...more }, setup, at, ground) }];
		} catch (error) {
			return [{ scenario, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }];
		}
	}),
);
process.stdout.write(JSON.stringify((await Promise.all(outcomes)).flat()));
