import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { startCapture } from '../capture/capture.ts';
import { excessOf } from '../capture/excess.ts';
import type { Excess } from '../capture/excess.ts';
import { textOf } from '../http.ts';
import { median, quantile } from '../numbers.ts';
import { atPace } from '../pace.ts';
import { startPeer } from '../peer.ts';
import { ratio } from '../row.ts';
import type { Row } from '../row.ts';
import { toldByAgent, toldByAll, toldByPeer } from '../told.ts';

const targets = 50;
/** Seconds: between two attempts on one target, spread and together. */
const [interval, short] = [20, 10];

/** Seconds until an attempt that is made again is over: it waits for as long as a first one. */
export const repeating = 17;

/** Not to be exceeded by 95 of 100 times that are shown, in milliseconds over the link. */
export const goals = { connect: 0.3, tls: 1.8 } as const;

/**
 * Promises 6 and 7: the times that a program tells, beside the packets of the same handshakes. Once its attempts are
 * spread, as they are by themselves. Once they fall due together: the agent is stopped for more than an interval, the peer
 * is scraped for all targets at once.
 */
export async function bias(bench: Bench): Promise<Row[]> {
	const [spread, together]: [Pair[], Pair[]] = [[], []];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`bias: round ${round} of ${bench.rounds}, about two minutes`);
		spread.push([await agentSpread(bench), await ofPeer(bench, interval)]);
		together.push([await agentTogether(bench), await ofPeer(bench, 0)]);
	}
	const [part, unit] = ['bias', 'ms'] as const;
	const phases = ['connect', 'tls'] as const;
	const onLink = bench.way === 'link';
	return [
		...phases.map((phase): Row => {
			const what = `${titles[phase]} bias p95, ${targets} spread`;
			const promise = onLink ? { promise: 6, goal: goals[phase] } : {};
			return { part, what, unit, ...promise, ...worst(spread, phase), note: middle(spread, phase) };
		}),
		...phases.map((phase): Row => {
			const what = `${titles[phase]} bias p95, ${targets} due together`;
			const both = worst(together, phase);
			if (phase === 'connect' || onLink) return { part, what, unit, ...both, note: middle(together, phase) };
			return ratio({
				part,
				promise: 7,
				what: `${what}, ms`,
				unit: '×',
				goal: 0.1,
				...both,
				note: middle(together, phase),
			});
		}),
	];
}

const titles = { connect: 'connect', tls: 'TLS' } as const;

type Pair = readonly [agent: Excess, peer: Excess];

/** Each round's excess that 95 of 100 do not exceed. */
function worst(rounds: readonly Pair[], phase: 'connect' | 'tls'): { agent: number[]; peer: number[] } {
	return {
		agent: rounds.map(([agent]) => quantile(agent[phase], 0.95)),
		peer: rounds.map(([, peer]) => quantile(peer[phase], 0.95)),
	};
}

/** The medians of all rounds, and how long the wire itself took. */
function middle(rounds: readonly Pair[], phase: 'connect' | 'tls'): string {
	const of = (side: 0 | 1) => median(rounds.flatMap((pair) => pair[side][phase])).toFixed(2);
	const wire = median(rounds.flatMap(([agent]) => agent.wire)).toFixed(1);
	return `half of all below ${of(0)} ms, the peer's ${of(1)} ms; connecting took ${wire} ms on the wire`;
}

async function agentSpread({ world, program, device }: Bench): Promise<Excess> {
	await using agent = await startAgent(program, world, { kind: 'whole', targets, interval, ownNames: true });
	await agent.reach(targets);
	await using capture = await startCapture(device, world.ports.guarded);
	const since = Date.now();
	const milliseconds = (interval + repeating) * 1000;
	const scraping = { count: 1, interval: interval / 2, signal: AbortSignal.timeout(milliseconds) };
	await atPace(scraping, async () => void (await textOf(`${agent.url}/metrics`)));
	const told = await toldByAgent(agent, since);
	if (told.length < 0.9 * targets)
		throw new Error(`only ${told.length} of ${targets} targets were tried in an interval`);
	return excessOf(told, await capture.end());
}

async function agentTogether({ world, program, device }: Bench): Promise<Excess> {
	await using agent = await startAgent(program, world, { kind: 'bare', targets, interval: short, ownNames: true });
	await agent.reach(targets);
	process.kill(agent.pid, 'SIGSTOP');
	await sleep((short + 1) * 1000);
	await using capture = await startCapture(device, world.ports.open);
	const since = Date.now();
	process.kill(agent.pid, 'SIGCONT');
	const told = await toldByAll(agent, since, targets, 3 * short * 1000);
	return excessOf(told, await capture.end());
}

async function ofPeer({ world, peer: program, device }: Bench, spreadOver: number): Promise<Excess> {
	await using peer = await startPeer(program, world);
	// As the agent, it has seen all of them before.
	await toldByPeer(peer, targets, 0);
	await sleep(1000);
	await using capture = await startCapture(device, world.ports.open);
	const told = await toldByPeer(peer, targets, spreadOver);
	return excessOf(told, await capture.end());
}
