import pLimit from 'p-limit';

import { makeNetworks } from '../parity/network.ts';
import { makeGround } from '../parity/site.ts';
import type { Outcome } from './incident.ts';
import { tryWorld } from './world.ts';
import { worlds } from './worlds.ts';

/** Agents that run at the same time. */
const atOnce = 7;

/** What is expected of each incident, `cause explained reason`: nobody waits for more once it is there. */
const expected = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>;
/** Worlds to try; all without any. */
const only = process.argv.slice(3);

const isExpected = ({ id, given }: Outcome) =>
	given !== undefined && expected[id] === `${given.cause} ${given.explained} ${given.reason ?? '-'}`;

await makeNetworks();
await using ground = await makeGround();
const limit = pLimit(atOnce);
let sites = 0;
const outcomes = worlds
	.filter(({ name }) => only.length === 0 || only.includes(name))
	.map((world) =>
		limit(() =>
			tryWorld(
				world,
				ground,
				() => ++sites,
				(all) => all.every(isExpected),
			),
		),
	);
process.stdout.write(JSON.stringify((await Promise.all(outcomes)).flat()));
