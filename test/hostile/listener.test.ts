import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentProcess } from '../commands/agent.ts';
import { type Holding, holdingOf } from '../endurance/procfs.ts';
import { configurationOf, entryOf, smallHeap } from '../endurance/settings.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';

/** MiB that all attackers together may cost. */
const memoryBound = 40;
/** Connections that the agent holds at most, beside what it held before. */
const connectionBound = 128 + 32;
/** Milliseconds: the kubelet waits for 5 s, and gives up after three times; other suites keep this machine busy. */
const patience = 10_000;

/** What the kubelet met while the agent was under attack. */
interface Probed {
	readonly statuses: readonly (number | string)[];
	readonly slowest: number;
}

describe('an agent under attack from its neighbours', () => {
	const stack = new AsyncDisposableStack();
	let agent: AgentProcess;
	let before: Holding;
	let worst: Holding;
	let probed: Probed;
	let pace: number;
	let opened: number;

	beforeAll(async () => {
		const node = stack.use(await makeNode());
		const registry = stack.use(await startRegistry({ images: { 'team/app': { 1: makeImage() } } }));
		const text = configurationOf(node.root, [entryOf('good.test', registry.origin())]);
		agent = stack.use(new AgentProcess(text, [], smallHeap));
		await agent.told('path works');
		await sleep(2000);
		before = holdingOf(agent.pid);
		const port = Number(
			String((await agent.told('agent listens'))['address'])
				.split(':')
				.at(-1),
		);
		const attempts = async () => (await agent.value('registry_probe_attempts_total{')) ?? 0;
		const [first, began] = [await attempts(), performance.now()];
		const attackers = new Worker(new URL('attackThread.ts', import.meta.url), { workerData: port });
		stack.defer(async () => void (await attackers.terminate()));
		const probing = probe(port, 25);
		await once(attackers, 'message');
		await sleep(1000);
		worst = holdingOf(agent.pid);
		probed = await probing;
		attackers.postMessage('stop');
		[opened] = (await once(attackers, 'message')) as [number];
		pace = ((await attempts()) - first) / ((performance.now() - began) / 1000);
	}, 60_000);

	afterAll(() => stack.disposeAsync());

	test('ten thousand connections and more were opened', () => {
		expect(opened).toBeGreaterThan(10_000);
	});

	test('memory and descriptors are bounded', () => {
		expect(holdingOf(agent.pid).peak - before.peak).toBeLessThan(memoryBound);
		expect(worst.descriptors - before.descriptors).toBeLessThan(connectionBound);
	});

	test('the kubelet is answered', () => {
		expect(probed.statuses.filter((status) => status !== 200)).toEqual([]);
		expect(probed.slowest).toBeLessThan(patience);
	});

	test('the agent goes on probing, and blames nobody', async () => {
		expect(pace).toBeGreaterThan(0.4);
		expect(await agent.value('registry_probe_success{')).toBe(1);
		expect(agent.lines('path fails')).toEqual([]);
	});

	test('everything comes back', async () => {
		const sockets = () => holdingOf(agent.pid).sockets;
		await expect.poll(sockets, { timeout: 20_000 }).toBeLessThanOrEqual(before.sockets + 3);
	});
});

/** Asks for health as the kubelet does, so many times, every 200 ms on a new connection. */
async function probe(port: number, times: number): Promise<Probed> {
	const statuses: (number | string)[] = [];
	let slowest = 0;
	while (statuses.length < times) {
		const began = performance.now();
		statuses.push(await health(port));
		slowest = Math.max(slowest, performance.now() - began);
		await sleep(200);
	}
	return { statuses, slowest };
}

function health(port: number): Promise<number | string> {
	return new Promise((resolve) => {
		request({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		})
			.on('error', ({ message }) => resolve(message))
			.end();
	});
}
