import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createVantage } from '../../src/node/vantage.ts';
import type { StageRecord } from '../../src/probe/observation.ts';
import { probe } from '../../src/probe/probe.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { makeWorld, targetAt, type World } from './world.ts';

const surroundings = ({ node }: World) => ({
	vantage: createVantage(node.root),
	logins: async () => ({}),
	gate: async <T>(begin: () => T) => begin(),
});

test('an attempt that is stopped before it begins sends nothing', async () => {
	await using world = await makeWorld();
	const observation = await probe(world.target, surroundings(world), { signal: AbortSignal.abort() });
	expect(observation).toMatchObject({ success: false, records: [], requests: [] });
	expect(world.dns.queries).toEqual([]);
});

test('an attempt that is stopped in a handshake ends at once and blames nobody', async () => {
	await using world = await makeWorld();
	await using server = await startMisbehaving(silent);
	const stop = new AbortController();
	const target = targetAt({ scheme: 'https', hostname: '127.0.0.1', port: server.port }, { timeout: 5 });
	const attempted = probe(target, surroundings(world), { signal: stop.signal });
	await sleep(100);
	stop.abort();
	const observation = await attempted;
	expect(observation.seconds).toBeLessThan(1);
	expect(observation.records.map(({ stage, outcome }) => `${stage} ${outcome}`)).toEqual(['tcp success']);
});

test('each stage is told when it begins and when it is done', async () => {
	await using world = await makeWorld();
	const told: string[] = [];
	const observation = await probe(world.target, surroundings(world), {
		signal: new AbortController().signal,
		onBegin: (role, stage, peer) => told.push(`begin ${role} ${stage} ${peer}`),
		onRecord: ({ role, stage, peer }: StageRecord) => told.push(`done ${role} ${stage} ${peer}`),
	});
	const done = observation.records.map(({ role, stage, peer }) => `${role} ${stage} ${peer}`);
	expect(told.filter((line) => line.startsWith('done')).map((line) => line.slice(5))).toEqual(done);
	// The blob stage begins at the registry and ends where it is sent to.
	const stayed = done.filter((line) => !line.startsWith('blob blob'));
	expect(stayed.filter((line) => !told.slice(0, told.indexOf(`done ${line}`)).includes(`begin ${line}`))).toEqual([]);
});
