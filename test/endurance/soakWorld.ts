import { readFileSync } from 'node:fs';
import type { Fault } from '../demo/fault.ts';
import { openSlot } from '../demo/slot.ts';
import { startWorld } from '../demo/world.ts';
import { makeImage } from '../fakes/image.ts';
import {
	answers,
	closes,
	closesAfterData,
	dribbles,
	endlessBody,
	endlessHeaders,
	endlessInformational,
	garbageHttp,
	type Misbehaviour,
	resets,
	resetsAfterData,
	shortBody,
	silent,
	sshBanner,
	startMisbehaving,
} from '../fakes/misbehaving.ts';
import { startRegistry } from '../fakes/registry.ts';

/** Registries that break and mend all the time, one that never fails, and one that never behaves. */
export interface SoakWorld extends AsyncDisposable {
	/** The text of the agent's configuration; another `timeout` in seconds makes another configuration of the same world. */
	readonly configuration: (timeout: number) => string;
	readonly faults: readonly Fault[];
	/** Puts the next misbehaviour into the place of the one before. */
	readonly misbehave: () => Promise<void>;
	/** Takes the misbehaving server away: its port is closed. */
	readonly leave: () => Promise<void>;
}

/** The registry that never fails, as the configuration calls it. */
export const steady = 'steady.demo.test';

const manifestHead = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.oci.image.manifest.v1+json\r\n';
const misbehaviours: readonly Misbehaviour[] = [
	silent,
	closes,
	closesAfterData,
	resets,
	resetsAfterData,
	sshBanner,
	garbageHttp,
	shortBody,
	endlessHeaders,
	endlessInformational,
	endlessBody,
	dribbles(`${manifestHead}Content-Length: 1000\r\n\r\n`, 50),
	answers(`${manifestHead}\r\nno manifest`, 'silence'),
	answers('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'),
];

/** Starts everything; the agent's attempts follow each other by a second. */
export async function startSoakWorld(): Promise<SoakWorld> {
	await using stack = new AsyncDisposableStack();
	const demo = stack.use(await startWorld({ listen: '127.0.0.1:0', interval: '1s' }));
	const good = stack.use(await startRegistry({ images: { 'demo/app': { latest: makeImage() } } }));
	const slot = stack.use(await openSlot((port) => startMisbehaving(silent, { port })));
	let turn = 0;
	const entry = (name: string, port: number) =>
		`  - { name: ${name}, image: ${name}/demo/app, endpoint: 'http://127.0.0.1:${port}' }\n`;
	const text =
		readFileSync(demo.configuration, 'utf8') + entry(steady, good.port) + entry('rude.demo.test', slot.first.port);
	const owned = stack.move();
	return {
		configuration: (timeout) => text.replace(/^timeout: .*$/m, `timeout: ${timeout}s`),
		faults: demo.faults,
		misbehave: () => {
			const next = misbehaviours[turn++ % misbehaviours.length] ?? silent;
			return slot.put((port) => startMisbehaving(next, { port }));
		},
		leave: () => slot.put(undefined),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
