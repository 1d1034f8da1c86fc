import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { listen } from '../fakes/listener.ts';
import { startAgent } from './agent.ts';
import { startControl } from './control.ts';
import { mendAll } from './fault.ts';
import type { Fault } from './fault.ts';
import { readKeys } from './keys.ts';
import { panel, switchLine } from './panel.ts';
import { startWorld } from './world.ts';

const usage = 'Usage: npm run demo [-- --for SECONDS]';
const usualPort = 9917;

/** The agent's usual port where it is free, else any. */
async function freePort(): Promise<number> {
	const probe = await listen(createServer(), { port: usualPort }).catch(() => listen(createServer()));
	await probe.close();
	return probe.port;
}

/** Seconds to run; undefined: until a person ends it. Throws on anything else. */
function readArguments(): number | undefined {
	const { values } = parseArgs({ options: { for: { type: 'string' } } });
	const seconds = values.for === undefined ? undefined : Number(values.for);
	if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) throw new RangeError('--for wants seconds');
	return seconds;
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

const print = (text: string) => void process.stdout.write(`${text}\n`);

interface Reactions {
	readonly changed: (faults: readonly Fault[]) => void;
	readonly help: () => void;
	readonly stop: () => void;
}

/** Does what a key stands for. */
async function onKey(key: string, faults: readonly Fault[], { changed, help, stop }: Reactions): Promise<void> {
	const fault = faults.find((each) => each.key === key);
	if (fault) {
		await fault.set(!fault.on);
		changed([fault]);
	} else if (key === '0') changed(await mendAll(faults));
	else if (key === 'h') help();
	else if (key === 'x' || key === '\u0003') stop();
}

/** Runs the demo; gives the exit code. */
async function demo(seconds: number | undefined): Promise<number> {
	const end = Promise.withResolvers<number>();
	const stop = () => end.resolve(0);
	process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
	// Nobody reads on.
	process.stdout.on('error', stop);

	await using stack = new AsyncDisposableStack();
	const listenAt = `127.0.0.1:${await freePort()}`;
	const world = stack.use(await startWorld({ listen: listenAt, interval: '5s' }));
	const { faults } = world;
	const changed = (some: readonly Fault[]) => some.forEach((fault) => print(switchLine(fault)));
	const control = stack.use(await startControl(faults, changed));

	const agent = stack.adopt(startAgent(world.configuration, world.root), ({ stop: end }) => end());
	const url = `http://${listenAt}`;
	await Promise.race([agent.ready(`${url}/healthz`), end.promise]);
	void agent.ended.then((code) => end.resolve(code === 0 ? 0 : 1));

	const keys = process.stdin.isTTY === true;
	const help = () => print(panel(faults, { ...world, agent: url, control: control.origin() }, keys));
	help();
	if (keys) {
		const pressed = (key: string) =>
			onKey(key, faults, { changed, help, stop }).catch((error: unknown) => print(message(error)));
		stack.use(readKeys(process.stdin, (key) => void pressed(key)));
	}
	if (seconds !== undefined) setTimeout(stop, seconds * 1000).unref();
	return await end.promise;
}

try {
	const seconds = readArguments();
	process.exitCode = await demo(seconds).catch((error: unknown) => {
		process.stderr.write(`demo: ${message(error)}\n`);
		return 1;
	});
} catch (error) {
	process.stderr.write(`demo: ${message(error)}\n${usage}\n`);
	process.exitCode = 2;
}
