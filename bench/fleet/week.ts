import { parseArgs } from 'node:util';
import { agent, pulls } from '../../test/monitoring/nodes.ts';
import { unexpected, fired } from '../../test/monitoring/promtool.ts';
import type { Line, Piece } from '../../test/monitoring/timeline.ts';

/**
 * A week of a fleet in which nothing is broken, by promtool: nodes come and go, agents restart, single attempts fail,
 * scrapes are missed. Prints which alerts fired: each is a false one.
 */
const { values } = parseArgs({
	options: {
		nodes: { type: 'string', default: '40' },
		days: { type: 'string', default: '7' },
		seed: { type: 'string', default: '1' },
	},
});
const minutes = Number(values.days) * 1440;
const places = Number(values.nodes);

/** Chances: of an attempt to fail, of a scrape to be missed, of a node to be replaced within an hour. */
const chance = { failure: 0.002, miss: 0.001, replaced: 0.05 };
/** Minutes between two attempts; until pulls of a new node succeed; of failing before one goes. */
const lasting = { interval: 5, coming: 4, leaving: 3 };

/** Numbers from 0 to 1, the same ones for a seed (https://en.wikipedia.org/wiki/Xorshift). */
function randomFrom(seed: number): () => number {
	let state = seed * 2_654_435_761 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

const random = randomFrom(Number(values.seed));

/** One node from a minute until another, in a place that others have before and after it. */
function life(node: string, zone: string, from: number, until: number): readonly Line[] {
	const up: Piece[] = [['gone', from]];
	const success: Piece[] = [['gone', from]];
	let fails = 0;
	for (let minute = from; minute < until; minute++) {
		const young = from > 0 && minute < from + lasting.coming;
		const old = until < minutes && minute >= until - lasting.leaving;
		if ((minute + from) % lasting.interval === 0) fails = random() < chance.failure ? lasting.interval : 0;
		const missed = random() < chance.miss;
		up.push([missed ? 0 : 1, 1]);
		success.push([missed ? 'gone' : Number(!young && !old && fails === 0), 1]);
	}
	const born = from === 0 ? -86_400 : from * 60;
	const started: readonly Piece[] = [
		['gone', from],
		[born, until - from],
		['gone', 1],
	];
	const ended: Piece = ['gone', 1];
	return [
		...agent({ node, zone, created: born, started, up: [...joined(up), ended] }),
		...pulls(node, [...joined(success), ended]),
	];
}

/** Pieces of the same value as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
	const all: Piece[] = [];
	for (const [value, length] of pieces) {
		const last = all.at(-1);
		if (last?.[0] === value) all.splice(-1, 1, [value, last[1] + length]);
		else all.push([value, length]);
	}
	return all;
}

let replaced = 0;
const lines: Line[] = [];
for (let place = 0; place < places; place++) {
	let from = 0;
	for (let generation = 0; from < minutes; generation++) {
		const hours = Math.ceil(Math.log(1 - random()) / Math.log(1 - chance.replaced));
		const until = Math.min(minutes, from + Math.max(1, hours) * 60);
		lines.push(...life(`n${place}-${generation}`, `zone-${place % 3}`, from, until));
		if (until < minutes) replaced += 1;
		from = until + 2;
	}
}
process.stdout.write(`${places} nodes, ${minutes / 1440} days, ${replaced} nodes replaced\n`);
const told = await unexpected({ name: 'week', lines, expectations: [fired(minutes, {})] });
process.stdout.write(told === '' ? 'false alerts: none\n' : told);
