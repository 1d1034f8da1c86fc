import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { startPeer } from '../peer.ts';
import type { Row } from '../row.ts';

/** Promise 9: from the start of the process to its first answer. */
export async function start({ world, program, peer: peerProgram, rounds, say }: Bench): Promise<Row[]> {
	const [agents, peers]: [number[], number[]] = [[], []];
	const wish = { kind: 'whole', targets: 50, interval: 30 } as const;
	say('start: some seconds');
	// The first round brings the programs into memory.
	for (let round = 0; round <= Math.max(5, rounds); round++) {
		await using agent = await startAgent(program, world, wish);
		await using peer = await startPeer(peerProgram, world);
		if (round === 0) continue;
		agents.push(agent.startedWithin);
		peers.push(peer.startedWithin);
	}
	const note = 'asked every 2 ms; files already in memory';
	const row = { part: 'start', promise: 9, what: 'start to first /metrics', unit: 'ms', goal: 250 } as const;
	return [{ ...row, agent: agents, peer: peers, note }];
}
