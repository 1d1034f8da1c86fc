import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { type ConditionPace, ConditionReporter } from '../../src/cluster/conditionReporter.ts';
import type { NodeCondition } from '../../src/cluster/nodeCondition.ts';
import type { Override } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { type Reached, startServer } from './apiServer.ts';

const pace: ConditionPace = { look: 10, wording: 10_000, heartbeat: 20_000, backoff: { first: 10, most: 10 } };
const yes: NodeCondition = { status: 'True', reason: 'RegistriesReachable', message: 'All well.' };
const no: NodeCondition = { status: 'False', reason: 'RegistryUnreachable', message: 'a.example fails' };

interface Patched {
	readonly status?: { readonly conditions: readonly Readonly<Record<string, string>>[] };
}

let reached: Reached;
let reporter: ConditionReporter | undefined;
let wanted: NodeCondition | undefined;
let failures: ApiFailure[];
/** How often the reporter has said that it has written. */
let told: number;
let override: Override;
/** The status that the node has when it is asked. */
let present: readonly object[];

beforeEach(async () => {
	[wanted, failures, told, present, override] = [undefined, [], 0, [], () => undefined];
	reached = await startServer(async (request) => {
		return (await override(request)) ?? json(200, { status: { conditions: present } });
	});
});

afterEach(async () => {
	await reporter?.stop('nothing', 100);
	await reached.server.close();
});

function begin(change: Partial<ConditionPace> = {}): ConditionReporter {
	const report = {
		access: reached.access,
		node: 'node-a',
		wanted: () => wanted,
		onWritten: () => void (told += 1),
		onFailure: (failure: ApiFailure) => void failures.push(failure),
	};
	reporter = new ConditionReporter(report, { ...pace, ...change });
	return reporter;
}

/** The conditions that were written, without the request that only looks. */
const written = () =>
	reached.server.requests
		.map(({ body }) => JSON.parse(body) as Patched)
		.flatMap(({ status }) => status?.conditions ?? []);

test('nothing is sent while there is nothing to say', async () => {
	begin();
	await sleep(100);
	expect(reached.server.requests).toEqual([]);
});

test('the condition is merged into the status of this node', async () => {
	begin();
	wanted = yes;
	await expect.poll(written).toHaveLength(1);
	expect(written()[0]).toEqual({
		type: 'RegistriesReachable',
		...yes,
		lastHeartbeatTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
		lastTransitionTime: expect.any(String),
	});
	expect(reached.server.requests.at(-1)).toMatchObject({
		method: 'PATCH',
		path: '/api/v1/nodes/node-a/status',
		headers: { 'content-type': 'application/strategic-merge-patch+json' },
	});
});

test('a status that the node has from before keeps the time of its change', async () => {
	present = [
		{ type: 'Ready', status: 'False' },
		{ type: 'RegistriesReachable', status: 'True' },
	];
	begin();
	wanted = yes;
	await expect.poll(written).toHaveLength(1);
	expect(written()[0]).not.toHaveProperty('lastTransitionTime');
	wanted = no;
	await expect.poll(written).toHaveLength(2);
	expect(written()[1]).toMatchObject({ status: 'False', lastTransitionTime: expect.any(String) });
});

test('while nothing changes only a heartbeat is written, and that rarely', async () => {
	wanted = yes;
	begin({ heartbeat: 1000 });
	await expect.poll(written).toHaveLength(1);
	await sleep(100);
	expect(written()).toHaveLength(1);
	await expect.poll(written, { timeout: 5000 }).toHaveLength(2);
	expect(written()[1]).not.toHaveProperty('lastTransitionTime');
});

test('other words for the same status wait', async () => {
	wanted = no;
	begin({ wording: 1000 });
	await expect.poll(written).toHaveLength(1);
	wanted = { ...no, message: 'a.example and b.example fail' };
	await sleep(100);
	expect(written()).toHaveLength(1);
	await expect.poll(written, { timeout: 5000 }).toHaveLength(2);
});

test('what cannot be written is tried again', async () => {
	override = () => json(503, {});
	wanted = yes;
	begin();
	await expect.poll(() => failures.length).toBeGreaterThan(1);
	override = () => undefined;
	await expect.poll(written).not.toEqual([]);
});

test('it is taken away', async () => {
	wanted = yes;
	const own = begin();
	await expect.poll(() => told).toBe(1);
	await own.stop('nothing', 1000);
	expect(written()[1]).toEqual({ type: 'RegistriesReachable', $patch: 'delete' });
});

test('it is left behind as somebody wishes', async () => {
	wanted = yes;
	const own = begin();
	await expect.poll(() => told).toBe(1);
	await own.stop({ status: 'Unknown', reason: 'AgentStopped', message: 'Nobody looks.' }, 1000);
	expect(written()[1]).toMatchObject({ status: 'Unknown', lastTransitionTime: expect.any(String) });
});

test('it is left behind as somebody wishes, also when the answer to the writing before never came', async () => {
	override = ({ body }) => (body.includes('True') ? 'silence' : undefined);
	const stopped = begin();
	wanted = yes;
	await expect.poll(written).toHaveLength(1);
	await stopped.stop(no, 2000);
	expect(written().at(-1)).toMatchObject({ status: 'False', lastTransitionTime: expect.any(String) as string });
});

test('where the writing was refused nothing is left behind', async () => {
	override = ({ body }) => (body.includes('True') ? json(403, { message: 'no' }) : undefined);
	const stopped = begin({ backoff: { first: 60_000, most: 60_000 } });
	wanted = yes;
	await expect.poll(() => failures.length).toBeGreaterThan(0);
	await stopped.stop(no, 2000);
	expect(new Set(written().map(({ status }) => status))).toEqual(new Set(['True']));
});

test('where nothing was written nothing is left behind', async () => {
	await begin().stop('nothing', 1000);
	expect(reached.server.requests).toEqual([]);
});

test('an API server that does not answer holds nobody up', async () => {
	wanted = yes;
	const own = begin();
	await expect.poll(() => told).toBe(1);
	override = () => 'silence';
	const began = performance.now();
	await own.stop('nothing', 200);
	expect(performance.now() - began).toBeLessThan(1500);
	expect(failures).toHaveLength(1);
});
