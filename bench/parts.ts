import type { Part, Way } from './bench.ts';
import { bias } from './parts/bias.ts';
import { cpu } from './parts/cpu.ts';
import { discovery } from './parts/discovery.ts';
import { growth } from './parts/growth.ts';
import { limited } from './parts/limited.ts';
import { memory } from './parts/memory.ts';
import { scrape } from './parts/scrape.ts';
import { start } from './parts/start.ts';
import { targets } from './parts/targets.ts';
import { wire } from './parts/wire.ts';
import { notMeasured } from './row.ts';
import type { Row } from './row.ts';

/** All parts by their names, and where each is measured: what does not wait for a server is not measured over the link. */
export const parts: Readonly<Record<string, { readonly part: Part; readonly ways: readonly Way[] }>> = {
	start: { part: start, ways: ['loopback'] },
	wire: { part: wire, ways: ['loopback'] },
	scrape: { part: scrape, ways: ['loopback'] },
	bias: { part: bias, ways: ['loopback', 'link'] },
	limited: { part: limited, ways: ['link'] },
	memory: { part: memory, ways: ['loopback', 'link'] },
	discovery: { part: discovery, ways: ['loopback'] },
	cpu: { part: cpu, ways: ['loopback', 'link'] },
	targets: { part: targets, ways: ['loopback'] },
	growth: { part: growth, ways: ['loopback'] },
};

/** Promises that this bench does not hold the agent to; they stand in the table all the same. */
export const elsewhere: readonly Row[] = [
	notMeasured({ part: 'faults', promise: 10, what: 'fault to series' }, 'a test in test/netns, not a figure'),
];
