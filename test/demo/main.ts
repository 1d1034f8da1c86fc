import { createServer } from 'node:net';
import { listen } from '../fakes/listener.ts';
import { startAgent } from './agent.ts';
import { panel } from './panel.ts';
import { type Ending, runDemo } from './program.ts';
import { openSwitches, type Switches } from './switches.ts';
import { startWorld } from './world.ts';

const usualPort = 9917;

/** The agent's usual port where it is free, else any. */
async function freePort(): Promise<number> {
	const probe = await listen(createServer(), { port: usualPort }).catch(() => listen(createServer()));
	await probe.close();
	return probe.port;
}

/** Runs the demo; gives the exit code. */
async function demo({ begin, end, ended }: Ending): Promise<number> {
	await using stack = new AsyncDisposableStack();
	const listenAt = `127.0.0.1:${await freePort()}`;
	const world = stack.use(await startWorld({ listen: listenAt, interval: '5s' }));
	const { faults } = world;

	const agent = stack.adopt(startAgent(world.configuration, world.root), ({ stop }) => stop());
	const url = `http://${listenAt}`;
	await Promise.race([agent.ready(`${url}/healthz`), ended]);
	void agent.ended.then((code) => end(code === 0 ? 0 : 1));

	const help = () => {
		const { origin: control, keys } = switches;
		process.stdout.write(`${panel(faults, { ...world, agent: url, control }, keys)}\n`);
	};
	const switches: Switches = await openSwitches(stack, faults, { help, stop: () => end(0) });
	help();
	begin();
	return await ended;
}

await runDemo('npm run demo', demo);
