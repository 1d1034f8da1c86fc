import type { BoardPanel } from '../../test/grafana/board.ts';
import { type Choice, everything } from '../../test/grafana/interpolate.ts';

/** A picture of the documents: panels of a board, with this chosen. */
export interface Picture {
	/** The file of the board. */
	readonly board: string;
	readonly choice: Choice;
	/** Panels by title, and where they stand in place of where the board has them. */
	readonly places: Readonly<Record<string, BoardPanel['gridPos']>>;
	/** Of the page, in pixels. Default: what can be read in a document. */
	readonly width?: number;
}

/** Documents are read on pages of about 830 pixels; what is wider is drawn smaller there. */
export const usualWidth = 1080;
const [narrow, wide] = [860, 1250];

/** A line of panels: how high, then their titles, each with how wide, on Grafana's grid. */
type Line = readonly [height: number, ...panels: (readonly [title: string, width: number])[]];

function lines(...all: readonly Line[]): Picture['places'] {
	const places: [string, BoardPanel['gridPos']][] = [];
	let y = 0;
	for (const [h, ...panels] of all) {
		let x = 0;
		for (const [title, w] of panels) {
			places.push([title, { x, y, w, h }]);
			x += w;
		}
		y += h;
	}
	return Object.fromEntries(places);
}

const inCluster = { ...everything, cluster: 'production' };
const docker = { ...inCluster, registry: 'docker.io' };

/** Of 24 nodes in three zones, one of which is cut off from a token service, and one of which does not trust a registry. */
export const ofCluster: Readonly<Record<string, Picture>> = {
	fleet: {
		board: 'fleet.json',
		choice: inCluster,
		width: narrow,
		places: lines(
			[6, ['Is it us, a zone, an address, or them?', 24]],
			[5, ['Does one zone fail more than the others?', 24]],
			[11, ['Which nodes can pull from which registry?', 24]],
		),
	},
	'fleet-causes': {
		board: 'fleet.json',
		choice: inCluster,
		width: wide,
		places: lines(
			[11, ['What is broken, on which node, and which host is to blame?', 24]],
			[8, ['Since when do pulls fail?', 10], ['Where on the way do they break, and on how many nodes?', 14]],
		),
	},
	registry: {
		board: 'registry.json',
		choice: docker,
		places: lines(
			[
				4,
				['Is it us, a zone, an address, or them?', 8],
				['How many nodes cannot pull?', 8],
				['What share of nodes is that?', 8],
			],
			[5, ['Does one zone fail more?', 12], ['Does one address fail more?', 12]],
			[10, ['Which nodes meet a fault, and where?', 24]],
			[7, ['Where and since when do attempts break?', 24]],
		),
	},
	'registry-hosts': {
		board: 'registry.json',
		choice: docker,
		places: lines(
			[1, ['How fast is it?', 24]],
			[8, ['Which stage is slow, on the slowest nodes?', 12], ['How fast do layers come?', 12]],
			[6, ['Which nodes are the slowest?', 24]],
			[1, ['Which hosts answer for it?', 24]],
			[
				5,
				['Which mirror or upstream is dead, and for how many nodes?', 13],
				['Who plays which role, for how many nodes?', 11],
			],
			[5, ['Do all nodes see the same certificate, and when does it end?', 14], ['Are addresses dead?', 10]],
		),
	},
};

const inDemo = { ...everything, cluster: 'demo' };
const hub = { ...inDemo, registry: 'hub.demo.test' };
const limited = { node: 'worker-3' };

/** Of the demo: three nodes, one of which reaches nothing and one of which has used up its quota. */
export const ofDemo: Readonly<Record<string, Picture>> = {
	node: {
		board: 'node.json',
		choice: { ...hub, ...limited },
		places: lines(
			[4, ['Can this node pull?', 24]],
			[4, ['What is broken, and which host is to blame?', 24]],
			[1, ['The path to $registry', 24]],
			[9, ['How far does the path come, stage by stage?', 24]],
			[9, ['How long does each stage take?', 24]],
		),
	},
	'node-more': {
		board: 'node.json',
		choice: { ...inDemo, ...limited },
		places: lines(
			[1, ['Names and addresses', 24]],
			[6, ['Do the nameservers answer?', 12], ['How fast do the nameservers answer?', 12]],
			[5, ['Which addresses answer?', 24]],
			[1, ['Certificates, logins and clock', 24]],
			[5, ['When do certificates end, and who issued them?', 15], ["Is the node's clock right?", 9]],
			[1, ['Layers and pulls', 24]],
			[7, ['How fast do layers come?', 12], ['What does a pull lose before it succeeds?', 12]],
		),
	},
	'rate-limits': {
		board: 'rate-limits.json',
		choice: inDemo,
		places: lines(
			[4, ['Which quota runs out, and when?', 24]],
			[4, ['How many nodes have nothing left?', 12], ['How many nodes are counted at all?', 12]],
			[1, ['How does it go on?', 24]],
			[8, ['How much is left?', 8], ['How fast is it used up?', 8], ['How much of that are we?', 8]],
			[1, ['Who stands behind a quota?', 24]],
			[5, ['Which nodes share an identity?', 24]],
			[3, ['What do agents hold back, on how many nodes?', 24]],
		),
	},
	agent: {
		board: 'agent.json',
		choice: inDemo,
		places: lines(
			[4, ['How many agents tell?', 8], ['How many fell silent?', 8], ['Who refused its configuration?', 8]],
			[7, ['How is each agent?', 24]],
			[1, ['Can it be believed?', 24]],
			[7, ['Do agents measure themselves?', 12], ['How many attempts had to be made again?', 12]],
			[6, ['How old is what they know of their pods?', 12], ['When was the configuration last read?', 12]],
		),
	},
	'agent-cost': {
		board: 'agent.json',
		choice: inDemo,
		places: lines(
			[8, ['How much memory do agents use?', 12], ['How much CPU do agents use?', 12]],
			[8, ['Do agents keep files open?', 12], ['How much do agents ask?', 12]],
		),
	},
};
