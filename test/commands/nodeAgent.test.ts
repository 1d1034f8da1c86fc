import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PlanDocument } from '../../src/plan/planDocument.ts';
import { AgentProcess, until } from './agent.ts';
import { certificates, type ContainerdNode, makeContainerdNode } from './containerdNode.ts';

let world: ContainerdNode;
let agent: AgentProcess;

beforeAll(async () => {
	world = await makeContainerdNode();
	agent = new AgentProcess(world.agentConfiguration);
	const tried = () => agent.lines('path works').length + agent.lines('path fails').length;
	await until(
		() => tried() >= 3,
		() => agent.errors,
		50,
	);
});

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await world[Symbol.asyncDispose]();
});

const series = (name: string, ...labels: readonly string[]) => agent.value(`registry_probe_${name}{`, ...labels);
const at = (host: string) => `host="${host}"`;

async function planned(): Promise<PlanDocument> {
	return JSON.parse((await agent.get('/api/v1/plan')).body) as PlanDocument;
}

/** Seconds that an operator has been promised at most. */
const promised = 10;

/** Seconds until these are the hosts of the plan and of the metrics. */
async function noticed(...hosts: readonly string[]): Promise<number> {
	const since = performance.now();
	let seen: readonly string[] = [];
	const isThere = async () => {
		seen = (await planned()).targets.map(({ host }) => host);
		const exported = await Promise.all(hosts.map((host) => series('target_info', at(host))));
		return seen.join() === hosts.join() && exported.every((value) => value === 1);
	};
	await until(isThere, () => `${seen.join()} is planned`);
	return (performance.now() - since) / 1000;
}

const reals = (path: string) => join(world.node.root, path);

test('the dead mirror is red, pulls succeed through the other one', async () => {
	const { hosts } = world;
	expect(await series('success', at(hosts.dead))).toBe(0);
	expect(await series('stage_failure', at(hosts.dead), 'reason="tcp_timeout"')).toBe(1);
	expect(await series('success', at(hosts.mirror))).toBe(1);
	expect(await series('success', at(hosts.registry))).toBe(1);
	expect(await series('pull_success', 'registry="app"')).toBe(1);
	expect(await series('pull_delay_seconds', 'cause="dead_mirror"')).toBe(120);
	expect(await series('target_info', at(hosts.mirror), 'via="mirror"', 'origin="configured"')).toBe(1);
	expect(await series('target_info', at(hosts.registry), 'via="upstream"')).toBe(1);
	expect(await series('node_config_fault')).toBeUndefined();
});

test('a hosts.toml that is replaced by a rename is noticed, and hosts that stay keep their counters', async () => {
	const { hosts, node, hostsToml, naming } = world;
	const counted = (await series('attempts_total', at(hosts.registry))) ?? 0;
	await node.write('/etc/containerd/next.toml', naming(hosts.dead, hosts.other));
	await rename(reals('/etc/containerd/next.toml'), join(await world.realDirectory(), 'hosts.toml'));
	expect(await noticed(hosts.dead, hosts.other, hosts.registry)).toBeLessThan(promised);
	expect(await series('attempts_total', at(hosts.mirror))).toBeUndefined();
	expect(await series('attempts_total', at(hosts.registry))).toBeGreaterThanOrEqual(counted);
	expect(agent.lines('path works').filter(({ host }) => host === hosts.registry)).toHaveLength(1);
	expect((await planned()).targets[1]?.source).toEqual({ file: hostsToml, line: 5 });
});

test('a directory whose symbolic link is swapped is noticed', async () => {
	const { hosts, node, naming } = world;
	const second = '/etc/containerd/sets/2';
	await node.write(`${second}/hosts.toml`, naming(hosts.mirror));
	await symlink(second, reals('/etc/containerd/link'));
	await rename(reals('/etc/containerd/link'), reals(`${certificates}/${hosts.registry}`));
	expect(await noticed(hosts.mirror, hosts.registry)).toBeLessThan(promised);
});

test('a hosts.toml that is written in place is noticed', async () => {
	const { hosts, naming } = world;
	await writeFile(join(await world.realDirectory(), 'hosts.toml'), naming(hosts.dead, hosts.mirror));
	expect(await noticed(hosts.dead, hosts.mirror, hosts.registry)).toBeLessThan(promised);
});

test('a proxy that changes is noticed, without a word of its password', async () => {
	const { node, proxy } = world;
	const dropIn = '/etc/systemd/system/containerd.service.d/proxy.conf';
	await node.write(dropIn, `[Service]\n\nEnvironment=HTTPS_PROXY=${proxy.url('localhost')}\n`);
	const sources = async () => (await planned()).targets.map(({ proxySource }) => proxySource);
	await until(
		async () => (await sources()).every((source) => source === `${dropIn}:3`),
		() => 'the proxy is the old one',
		promised,
	);
	expect((await planned()).targets[0]?.proxy).toBe(`http://localhost:${proxy.port}`);
});

test('a file that the runtime rejects is a fault in plan, metrics and log, and goes as it came', async () => {
	const { hosts, hostsToml, naming } = world;
	const file = join(await world.realDirectory(), 'hosts.toml');
	const capability = '  capabilities = ["fetch"]\n';
	await writeFile(file, `${naming(hosts.mirror)}${capability}`);
	expect(await noticed(hosts.registry)).toBeLessThan(promised);
	expect((await planned()).faults).toMatchObject([{ file: hostsToml, line: 5, fault: 'capability_unknown' }]);
	const labels = [`source="${hostsToml}"`, 'fault="capability_unknown"'];
	expect(await series('node_config_fault', ...labels)).toBe(1);
	expect(agent.lines('node configuration')).toMatchObject([{ file: hostsToml, fault: 'capability_unknown' }]);
	expect((await agent.get('/')).body).toContain('capability_unknown');
	await writeFile(file, naming(hosts.mirror));
	expect(await noticed(hosts.mirror, hosts.registry)).toBeLessThan(promised);
	expect(await series('node_config_fault', ...labels)).toBeUndefined();
	expect(agent.running).toBe(true);
});

test('what attempts read by themselves is watched too: a bad line in hosts becomes a fault', async () => {
	const { node } = world;
	const hosts = '127.0.0.1 registry.test mirror.test other.test dead.test localhost\n';
	await node.write('/etc/hosts', `${hosts}nowhere other.test\n`);
	const fault = () => series('node_config_fault', 'source="/etc/hosts"', 'fault="setting_invalid"');
	const becomes = (wanted: number | undefined) =>
		until(
			async () => (await fault()) === wanted,
			() => 'nothing is noticed',
			promised,
		);
	await becomes(1);
	expect((await planned()).faults).toMatchObject([{ file: '/etc/hosts', line: 2 }]);
	await node.write('/etc/hosts', hosts);
	await becomes(undefined);
	expect((await planned()).faults).toEqual([]);
});

test('where there is no file any more, the runtime asks the registry alone', async () => {
	const { hosts } = world;
	await mkdir(reals('/etc/gone'));
	await rename(reals(certificates), reals('/etc/gone/certs.d'));
	expect(await noticed(hosts.registry)).toBeLessThan(promised);
	expect(await series('success', at(hosts.mirror))).toBeUndefined();
});
