import { Directory } from '../../real/directory.ts';
import { type Ending, runDemo } from '../program.ts';
import { openSwitches, type Switches } from '../switches.ts';
import { findGrafana, makeGrafana, prepareGrafana } from './grafana.ts';
import { panel } from './panel.ts';
import { watchFleet } from './watch.ts';
import { startFleet } from './world.ts';

/** Seconds between two attempts. */
const interval = 3;

/** Runs the fleet; gives the exit code. */
async function demo({ begin, end, ended }: Ending): Promise<number> {
	await using stack = new AsyncDisposableStack();
	const fleet = stack.use(await startFleet(`${interval}s`));
	for (const agent of fleet.agents) void agent.ended.then((code) => end(code === 0 ? 0 : 1));
	const directory = stack.use(new Directory());
	const prometheus = `http://127.0.0.1:${await watchFleet(stack, directory, fleet)}`;
	const grafana = await prepareGrafana(directory, prometheus);
	const found = findGrafana();

	const help = () => {
		const { origin: control, keys } = switches;
		process.stdout.write(panel(fleet, { prometheus, grafana, hasGrafana: found !== undefined, control }, keys));
	};
	const switches: Switches = await openSwitches(stack, fleet.faults, { help, stop: () => end(0) });
	help();
	begin();
	if (found !== undefined) {
		let running = true;
		void ended.then(() => (running = false));
		// It takes its time, and everything else is there without it.
		const program = stack.use(makeGrafana(found, directory, grafana));
		program.start().catch((error: unknown) => {
			if (running) process.stderr.write(`demo: ${String(error)}\n`);
		});
	}
	return await ended;
}

await runDemo('npm run demo:fleet', demo);
