import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import { startCapture } from '../capture/capture.ts';
import type { Handshake } from '../capture/handshakes.ts';
import { nameOf } from '../configuration.ts';
import { textOf } from '../http.ts';
import { quantile } from '../numbers.ts';
import { startPeer } from '../peer.ts';
import { notMeasured, ratio } from '../row.ts';
import type { Row } from '../row.ts';

const targets = 50;
const interval = 10;

/** By how much a program's own times exceed the wire's, in milliseconds: 95 of 100 connections by less. */
interface Excess {
	readonly connect: number;
	readonly tls: number;
}

/**
 * Promises 6 and 7: the times that a program tells, beside the packets of the same handshakes. The agent is stopped for
 * more than an interval, so that all its targets fall due together; the peer is scraped for all of them at once.
 */
export async function bias(bench: Bench): Promise<Row[]> {
	const [agents, peers]: [Excess[], Excess[]] = [[], []];
	for (let round = 1; round <= bench.rounds; round++) {
		bench.say(`bias: round ${round} of ${bench.rounds}, about 45 s`);
		agents.push(await ofAgent(bench));
		peers.push(await ofPeer(bench));
	}
	const both = (name: keyof Excess) => ({
		agent: agents.map((each) => each[name]),
		peer: peers.map((each) => each[name]),
	});
	const part = 'bias';
	const setting = `${targets} due together, p95`;
	const note = 'loopback, against a packet capture';
	return [
		ratio({ part, promise: 7, what: `TLS bias ms, ${setting}`, unit: '×', ...both('tls'), goal: 0.2, note }),
		{ part, what: `connect bias, ${setting}`, unit: 'ms', ...both('connect'), note },
		notMeasured(
			{ part, promise: 6, what: 'timing bias, 50 ms round trip', goal: 1.8 },
			'needs a link with delay; the two rows above are on loopback',
		),
	];
}

function excess(told: ReadonlyMap<string, Handshake>, wire: ReadonlyMap<string, Handshake>): Excess {
	const pairs = [...told].flatMap(([name, own]) => {
		const seen = wire.get(name);
		return seen ? [{ own, seen }] : [];
	});
	if (pairs.length < targets) throw new Error(`only ${pairs.length} of ${targets} handshakes stand in the capture`);
	const of = (name: keyof Handshake) =>
		quantile(
			pairs.map(({ own, seen }) => own[name] - seen[name]),
			0.95,
		);
	return { connect: of('connect'), tls: of('tls') };
}

interface Document {
	readonly observations: readonly {
		readonly registry: string;
		readonly startedAt: string;
		readonly records: readonly { readonly role: string; readonly stage: string; readonly seconds?: number }[];
	}[];
}

async function ofAgent({ world, program }: Bench): Promise<Excess> {
	await using agent = await startAgent(program, world, { kind: 'bare', targets, interval, ownNames: true });
	await agent.reach(targets);
	process.kill(agent.pid, 'SIGSTOP');
	await sleep((interval + 1) * 1000);
	await using capture = await startCapture(world.ports.open);
	const from = Date.now();
	process.kill(agent.pid, 'SIGCONT');
	const told = await toldSince(`${agent.url}/api/v1/observations`, from);
	return excess(told, await capture.end());
}

/** What the agent says of its attempts since a moment, once it has made one on each target, and no second one. */
async function toldSince(url: string, from: number): Promise<Map<string, Handshake>> {
	const told = new Map<string, Handshake>();
	while (told.size < targets) {
		await sleep(200);
		if (Date.now() - from > 3 * interval * 1000) throw new Error(`${told.size} of ${targets} targets were tried`);
		const { observations } = JSON.parse(await textOf(url)) as Document;
		for (const { registry, startedAt, records } of observations) {
			const name = `${registry}.bench.test`;
			if (Date.parse(startedAt) < from || told.has(name)) continue;
			const of = (stage: string) =>
				1000 * (records.find((each) => each.role === 'registry' && each.stage === stage)?.seconds ?? Number.NaN);
			told.set(name, { connect: of('tcp'), tls: of('tls') });
		}
	}
	return told;
}

async function ofPeer({ world, peer: program }: Bench): Promise<Excess> {
	await using peer = await startPeer(program, world);
	const all = () =>
		Promise.all(Array.from({ length: targets }, async (_, at) => [nameOf(at), await peer.probe('open', nameOf(at))]));
	// As the agent, it has seen all of them before.
	await all();
	await sleep(1000);
	await using capture = await startCapture(world.ports.open);
	const answers = await all();
	const told = new Map(answers.map(([name = '', text = '']) => [name, phasesOf(text)]));
	return excess(told, await capture.end());
}

function phasesOf(text: string): Handshake {
	const of = (phase: string) =>
		1000 * Number(new RegExp(`^probe_http_duration_seconds\\{phase="${phase}"\\} (\\S+)$`, 'm').exec(text)?.[1]);
	return { connect: of('connect'), tls: of('tls') };
}
