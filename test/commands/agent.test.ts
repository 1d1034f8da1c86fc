import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { type MisbehavingServer, silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { AgentProcess, until } from './agent.ts';

let node: Node;
let registry: HttpServer;
let hanging: MisbehavingServer;

beforeAll(async () => {
	node = await makeNode();
	registry = await startRegistry({ images: { 'library/busybox': { latest: makeImage() } } });
	hanging = await startMisbehaving(silent);
});

afterAll(async () => {
	await Promise.all([node.remove(), registry.close(), hanging.close()]);
});

const entry = (name: string, port: number) =>
	`  - { name: ${name}, image: '${name}/library/busybox:latest', endpoint: 'http://127.0.0.1:${port}' }\n`;

const configured = (entries: string, more = '') =>
	`listen: 127.0.0.1:0\ninterval: 1s\ntimeout: 5s\n${more}node: { name: node-1, root: ${node.root} }\nregistries:\n${entries}`;

test('an agent probes, serves what it found and ends with 0 when it is asked to', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', registry.port)));
	await agent.told('path works');
	expect(await agent.value('registry_probe_success{', 'registry="a.example"')).toBe(1);
	expect((await agent.get('/readyz')).status).toBe(200);
	expect((await agent.get('/healthz')).status).toBe(200);
	expect((await agent.get('/')).body).toContain('node-1');
	expect(JSON.parse((await agent.get('/api/v1/observations')).body)).toMatchObject({
		pulls: [{ registry: 'a.example', success: true }],
	});
	expect(JSON.parse((await agent.get('/api/v1/plan')).body)).toMatchObject({ targets: [{ registry: 'a.example' }] });
	agent.signal('SIGTERM');
	expect(await agent.ended()).toBe(0);
});

test('attempts leave no line in the log as long as nothing changes', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', registry.port)));
	await agent.told('path works');
	const told = agent.lines().length;
	await sleep(3000);
	expect(await agent.value('registry_probe_attempts_total{')).toBeGreaterThan(2);
	expect(agent.lines()).toHaveLength(told);
});

test('an agent whose targets hang ends within 5 s', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', hanging.port), 'attempt_timeout: 60s\n'));
	await agent.told('agent listens');
	await until(
		() => hanging.received.length > 0,
		() => 'no attempt',
	);
	const began = performance.now();
	agent.signal('SIGINT');
	expect(await agent.ended()).toBe(0);
	expect(performance.now() - began).toBeLessThan(5000);
});

test('an agent is not ready before its first target has been tried, and well all the same', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', hanging.port)));
	await agent.told('agent listens');
	expect((await agent.get('/readyz')).status).toBe(503);
	expect((await agent.get('/healthz')).status).toBe(200);
});

test('a broken path is told with role, stage, reason, peer and detail', async () => {
	await using agent = new AgentProcess(configured('  - { name: a.example, endpoint: "http://127.0.0.1:1" }\n'));
	expect(await agent.told('path fails')).toMatchObject({
		level: 'warn',
		registry: 'a.example',
		host: '127.0.0.1:1',
		role: 'registry',
		stage: 'tcp',
		reason: 'tcp_refused',
		peer: '127.0.0.1:1',
	});
});

test('every fault of a configuration is told at once, and the exit code is 2', async () => {
	await using agent = new AgentProcess('interval: 5 minutes\nintervall: 1s\n');
	expect(await agent.ended()).toBe(2);
	expect(agent.errors).toContain('interval: "5 minutes"');
	expect(agent.errors).toContain('intervall');
});

test('a port that is taken is one line, and the exit code is 2', async () => {
	await using agent = new AgentProcess(`listen: 127.0.0.1:${registry.port}\n`);
	expect(await agent.ended()).toBe(2);
	expect(agent.errors).toMatch(/^registry-probe: cannot listen on 127\.0\.0\.1:\d+: the port is taken[^\n]*\n$/);
});

test('a configuration that cannot be used keeps the old one running and shows', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', registry.port)));
	await agent.told('path works');
	expect(await agent.value('config_last_reload_successful')).toBe(1);
	agent.configure('interval: never\ntimeout: never\n');
	await agent.told('the agent keeps running with its old configuration');
	expect(agent.lines().filter(({ level }) => level === 'error')).toHaveLength(2);
	expect(await agent.value('config_last_reload_successful')).toBe(0);
	const attempts = async () => (await agent.value('registry_probe_attempts_total{')) ?? 0;
	const before = await attempts();
	await sleep(2500);
	expect(await attempts()).toBeGreaterThan(before);
	agent.configure(configured(entry('a.example', registry.port)));
	await agent.told('configuration reloaded');
	expect(await agent.value('config_last_reload_successful')).toBe(1);
});

test('a reload that touches one target leaves the other alone', async () => {
	const both = entry('a.example', registry.port) + entry('b.example', registry.port);
	await using agent = new AgentProcess(configured(both));
	await agent.told('path works', 2);
	await sleep(2000);
	const attempts = (name: string) => agent.value('registry_probe_attempts_total{', `registry="${name}"`);
	const before = (await attempts('a.example')) ?? 0;
	agent.configure(configured(entry('a.example', registry.port)));
	agent.signal('SIGHUP');
	await agent.told('configuration reloaded');
	expect(await attempts('a.example')).toBeGreaterThanOrEqual(before);
	expect(await attempts('b.example')).toBeUndefined();
	expect(agent.lines('path works')).toHaveLength(2);
});

test('every stage is told where that is asked for', async () => {
	await using agent = new AgentProcess(configured(entry('a.example', registry.port)), ['--log-level', 'debug']);
	await agent.told('path works');
	const stages = agent.lines('stage succeeds').map(({ stage }) => stage);
	expect(stages.slice(0, 3)).toEqual(['tcp', 'challenge', 'manifest']);
});

test('pauses survive a restart', async () => {
	const limited = await startRegistry({
		respond: () => ({ status: 429, headers: { 'retry-after': '600' }, body: '' }),
	});
	const text = configured(entry('a.example', limited.port));
	const state = join(node.root, 'state');
	{
		await using first = new AgentProcess(text, ['--state', state]);
		await first.told('pause begins');
		first.signal('SIGTERM');
		await first.ended();
	}
	const asked = limited.requests.length;
	await using second = new AgentProcess(text, ['--state', state]);
	await second.told('pause begins');
	await sleep(2500);
	expect(limited.requests).toHaveLength(asked);
	expect(await second.value('registry_probe_probe_paused', 'cause="retry_after"')).toBe(1);
	expect(readFileSync(join(state, 'pauses.json'), 'utf8')).toContain('"version":1');
	await limited.close();
});

test('an attempt during which the agent stood still is repeated and counted, and nothing looks broken', async () => {
	const slow = await startRegistry({
		images: { 'library/busybox': { latest: makeImage() } },
		respond: () => sleep(500, undefined),
	});
	await using agent = new AgentProcess(configured(entry('a.example', slow.port), 'attempt_timeout: 2s\n'));
	await agent.told('path works');
	const asked = slow.requests.length;
	await until(
		() => slow.requests.length > asked,
		() => 'no attempt',
	);
	agent.signal('SIGSTOP');
	await sleep(3000);
	agent.signal('SIGCONT');
	const repeated = async () => (await agent.value('attempts_repeated_total', 'cause="stall"')) === 1;
	await until(repeated, () => 'not repeated');
	expect(agent.lines('path fails')).toEqual([]);
	expect(await agent.value('schedule_lag_seconds')).toBeGreaterThan(1);
	await slow.close();
});
