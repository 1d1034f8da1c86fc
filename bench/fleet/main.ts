import { setTimeout as sleep } from 'node:timers/promises';
import { leaveNothing } from '../leaveNothing.ts';
import { startAgents } from './agents.ts';
import { timeBoards } from './boards.ts';
import { falseAlerts, inject } from './faults.ts';
import { startFleet } from './fleet.ts';
import { readFleetOptions, usage, type FleetOptions } from './options.ts';
import { startPrometheus, type Prometheus } from './prometheus.ts';
import { boardsOf, costsOf, delaysOf } from './report.ts';

/**
 * Real agents, as many simulated nodes as are wished that tell what these tell, and a real Prometheus with the rules as
 * they are committed: what that costs, and how long it takes from a fault to its verdict and alert.
 */
const say = (text: string) => void process.stderr.write(`${text}\n`);

/** Seconds between two looks at the real agents, and until every node is judged. */
const times = { refresh: 30, judged: 600 };

async function measure(options: FleetOptions): Promise<void> {
	const { nodes, registries, minutes } = options;
	await using stack = new AsyncDisposableStack();
	say(`starting ${options.agents} agents with ${registries} registries each`);
	const agents = stack.use(await startAgents(options));
	const fleet = stack.use(await startFleet(nodes));
	fleet.tell(await agents.texts());
	const refresh = async () => fleet.tell(await agents.texts());
	const timer = setInterval(() => void refresh().catch((error: unknown) => say(String(error))), times.refresh * 1000);
	stack.defer(() => clearInterval(timer));
	const prometheus = stack.use(await startPrometheus(fleet));
	say('waiting until every node is judged');
	await untilJudged(prometheus, nodes * registries);
	const before = await falseAlerts(prometheus);
	say('breaking a node, a zone, everything, and draining a quota');
	const seen = await inject(fleet, prometheus, minutes);
	const wrong = [...before, ...(await falseAlerts(prometheus))].join(', ');
	const costs = await costsOf(prometheus, options);
	say('asking what the boards ask');
	const boards = boardsOf(await timeBoards(prometheus));
	const report = [costs, delaysOf(seen), boards, `false alerts: ${wrong || 'none'}`];
	process.stdout.write(`${report.join('\n\n')}\n`);
}

async function untilJudged(prometheus: Prometheus, pairs: number): Promise<void> {
	for (const end = Date.now() + times.judged * 1000; Date.now() < end; await sleep(2000)) {
		const [judged] = await prometheus.query('count(node_registry:registry_probe_pull_failing:bool)');
		if (judged?.value === pairs) return;
	}
	throw new Error(`not every node is judged after ${times.judged} s`);
}

try {
	leaveNothing();
	await measure(readFleetOptions(process.argv.slice(2)));
	process.exit(0);
} catch (error) {
	say(`fleet: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
	process.exit(2);
}
