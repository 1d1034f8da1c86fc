import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from './agent.ts';
import type { Bench } from './bench.ts';
import type { Wish } from './configuration.ts';
import { textOf } from './http.ts';
import { median } from './numbers.ts';
import { atPace } from './pace.ts';
import { startPeer } from './peer.ts';
import type { Memory, Run } from './run.ts';

const targets = 50;
const interval = 30;
/** Seconds in which caches fill: the first spread of attempts and two intervals. */
const settling = 75;
const samples = 15;

/** What is probed, in the words of the table. */
export const setting = `${targets} targets, ${interval} s`;

/** Seconds that one look takes. */
export const takes = settling + samples;

/** What agent and peer occupy after some rounds of the same targets. Both run at once, each in its own cgroup. */
export async function occupied(
	{ world, program, peer: peerProgram }: Bench,
	more: Pick<Wish, 'discovery'> = {},
): Promise<readonly [agent: Memory, peer: Memory]> {
	await using agent = await startAgent(program, world, { kind: 'whole', targets, interval, ...more });
	await using peer = await startPeer(peerProgram, world);
	const over = new AbortController();
	const { signal } = over;
	const scrapes = atPace({ count: 1, interval, signal }, async () => void (await textOf(`${agent.url}/metrics`)));
	const probes = atPace({ count: targets, interval, signal }, async () => void (await peer.probe('open')));
	await sleep(settling * 1000);
	const seen = await sample([agent, peer]);
	over.abort();
	await Promise.all([scrapes, probes]);
	// Throws when an attempt has failed.
	await agent.attempts();
	if (more.discovery === true) await agent.mustKnowPods();
	return seen;
}

/** The medians of some looks, a second apart. */
async function sample([agent, peer]: readonly [Run, Run]): Promise<[Memory, Memory]> {
	const looks: [Memory, Memory][] = [];
	for (let look = 0; look < samples; look++) {
		looks.push([agent.memory(), peer.memory()]);
		await sleep(1000);
	}
	return [middle(looks.map(([first]) => first)), middle(looks.map(([, second]) => second))];
}

function middle(looks: readonly Memory[]): Memory {
	const sets = looks.flatMap(({ workingSet }) => workingSet ?? []);
	const of = (name: 'rss' | 'pss') => median(looks.map((look) => look[name]));
	return { ...(sets.length > 0 ? { workingSet: median(sets) } : {}), rss: of('rss'), pss: of('pss') };
}
