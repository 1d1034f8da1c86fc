import type { PeerProgram } from './peer.ts';
import type { Program } from './program.ts';
import type { Row } from './row.ts';
import type { World } from './worldProcess.ts';

/** What agent and servers have between them: nothing, or a link with a round trip of 50 ms. */
export type Way = 'loopback' | 'link';

/** What every part works with. */
export interface Bench {
	readonly world: World;
	readonly way: Way;
	/** The network interface on which the agent meets the servers. */
	readonly device: string;
	readonly program: Program;
	readonly peer: PeerProgram;
	/** How often each side is measured, in turns. */
	readonly rounds: number;
	/** Up to how many attempts growth is followed. */
	readonly attempts: number;
	/** Tells a person how far the run is. */
	readonly say: (text: string) => void;
}

/** Measures one thing. Rejects when something under measurement fails: figures of failures say nothing. */
export type Part = (bench: Bench) => Promise<Row[]>;

/** What is the same for all parts of a run, and can be told to another process. */
export type Common = Omit<Bench, 'world' | 'way' | 'device' | 'say'>;
