import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { startCapture } from '../capture/capture.ts';
import { excessOf } from '../capture/excess.ts';
import type { Excess } from '../capture/excess.ts';
import { median, quantile } from '../numbers.ts';
import { startPeer } from '../peer.ts';
import type { Row } from '../row.ts';
import { toldByAgent, toldByPeer } from '../told.ts';
import { goals, repeating } from './bias.ts';

const targets = 50;
const interval = 30;
/** Kubernetes' 100m. */
const cpus = 0.1;

/** What one agent did under the limit. */
interface Round extends Excess {
	readonly startedWithin: number;
	/** Of 100 attempts that were made, in both ways that the agent has to keep a wrong time to itself. */
	readonly repeatedShare: number;
	readonly withheldShare: number;
}

/** The bias of the times that are shown under a limit on CPU, and how many are not shown for it. */
export async function limited(bench: Bench): Promise<Row[]> {
	const [agents, peers]: [Round[], Excess[]] = [[], []];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`limited: round ${round} of ${bench.rounds}, about two minutes`);
		agents.push(await ofAgent(bench));
		peers.push(await ofPeer(bench));
	}
	const part = 'limited';
	const setting = `${targets} targets, 100m`;
	const biased = (phase: 'connect' | 'tls', what: string): Row => ({
		part,
		promise: 6,
		what: `${what} bias p95, ${setting}`,
		unit: 'ms',
		goal: goals[phase],
		agent: agents.map((each) => quantile(each[phase], 0.95)),
		peer: peers.map((each) => quantile(each[phase], 0.95)),
		note: `half of all below ${median(agents.flatMap((each) => each[phase])).toFixed(2)} ms`,
	});
	const share = (what: string, of: (round: Round) => number): Row => {
		return { part, what: `${what}, ${setting}`, unit: '%', agent: agents.map(of) };
	};
	return [
		biased('connect', 'connect'),
		biased('tls', 'TLS'),
		share('attempts made again', (each) => each.repeatedShare),
		share('attempts without durations', (each) => each.withheldShare),
		{ part, what: `start to first /metrics, 100m`, unit: 'ms', agent: agents.map((each) => each.startedWithin) },
	];
}

async function ofAgent({ world, program, device }: Bench): Promise<Round> {
	const wish = { kind: 'whole', targets, interval, ownNames: true } as const;
	await using agent = await startAgent(program, world, wish, cpus);
	await agent.reach(targets);
	await using capture = await startCapture(device, world.ports.guarded);
	const since = Date.now();
	const [made, repeated] = [await agent.made(), await agent.repeated()];
	await sleep((interval + repeating) * 1000);
	const told = await toldByAgent(agent, since);
	const again = (await agent.repeated()) - repeated;
	const all = (await agent.made()) - made;
	if (told.length === 0 || all === 0) throw new Error('no attempt was recorded in a whole interval');
	const compared = excessOf(told, await capture.end());
	return {
		...compared,
		startedWithin: agent.startedWithin,
		repeatedShare: (100 * again) / all,
		withheldShare: (100 * compared.withheld) / told.length,
	};
}

async function ofPeer({ world, peer: program, device }: Bench): Promise<Excess> {
	await using peer = await startPeer(program, world, cpus);
	await toldByPeer(peer, targets, 15);
	await using capture = await startCapture(device, world.ports.open);
	const told = await toldByPeer(peer, targets, interval);
	return excessOf(told, await capture.end());
}
