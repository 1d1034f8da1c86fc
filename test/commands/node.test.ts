import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PlanDocument } from '../../src/plan/planDocument.ts';
import { registryProbe } from './command.ts';
import { type ContainerdNode, firstSet, makeContainerdNode, privateCa, secrets } from './containerdNode.ts';

let world: ContainerdNode;

beforeAll(async () => {
	world = await makeContainerdNode();
});

afterAll(() => world[Symbol.asyncDispose]());

const run = (command: string, ...more: readonly string[]) =>
	registryProbe([command, '--config', world.configuration, ...more], { LANG: 'C.UTF-8' });

async function planned(uid?: number): Promise<PlanDocument> {
	const args = ['plan', '--config', world.configuration, '--output', 'json'];
	const { stdout, stderr } = await registryProbe(args, {}, uid);
	expect(stderr).toBe('');
	return JSON.parse(stdout) as PlanDocument;
}

const dropIn = '/etc/systemd/system/containerd.service.d/proxy.conf';

test('plan shows people hosts, certificate, proxy and login, each with its file and line', async () => {
	const { hosts, hostsToml, proxy } = world;
	const { code, stdout } = await run('plan');
	const hostLines = stdout.match(/^ {2}(?:host|because) .*$/gm);
	expect(hostLines).toEqual([
		`  host      ${hosts.dead} (mirror)`,
		`  because   ${hostsToml}:3`,
		`  host      ${hosts.mirror} (mirror)`,
		`  because   ${hostsToml}:5`,
		`  host      ${hosts.registry} (upstream)`,
		`  because   ${hostsToml}:1`,
	]);
	expect(stdout).toContain('runtime     containerd 2.2.1 (/var/lib/dpkg/status (containerd.io 2.2.1-1))\n');
	expect(stdout).toContain('environment of containerd.service\n');
	expect(stdout).toContain(`keyring     /var/lib/kubelet/config.json for ${hosts.registry}\n`);
	expect(stdout).toContain(`  proxy     http://127.0.0.1:${proxy.port} (${dropIn}:2)\n`);
	expect(stdout.match(new RegExp(`trust .* and ${privateCa}`, 'g'))).toHaveLength(3);
	expect(code).toBe(0);
});

test('plan gives programs the same, by its schema', async () => {
	const { hosts, hostsToml, proxy } = world;
	const document = await planned();
	const schema = JSON.parse(readFileSync('docs/plan.schema.json', 'utf8')) as object;
	const validate = new Ajv2020({ strict: false, formats: { uri: true } }).compile(schema);
	validate(document);
	expect(validate.errors).toBeNull();
	const common = { ca: privateCa, credentials: { source: 'node' } };
	expect(document).toMatchObject({
		runtime: { name: 'containerd', version: '2.2.1' },
		environment: { reader: 'containerd.service' },
		keyring: { file: '/var/lib/kubelet/config.json', keys: [hosts.registry], readable: true },
		targets: [
			{ ...common, host: hosts.dead, via: 'mirror', source: { file: hostsToml, line: 3 } },
			{ ...common, host: hosts.mirror, via: 'mirror', source: { file: hostsToml, line: 5 } },
			{ ...common, host: hosts.registry, via: 'upstream', source: { file: hostsToml, line: 1 } },
		],
		faults: [],
	});
	const through = { proxy: `http://127.0.0.1:${proxy.port}`, proxySource: `${dropIn}:2` };
	expect(document.targets[1]).toMatchObject(through);
	expect(document.targets[0]).not.toHaveProperty('proxy');
});

test('check walks each host: the dead mirror is red, pulls work, and it says how late', async () => {
	const { hosts, proxy } = world;
	const { code, stdout } = await run('check', '--verbose');
	const hostLines = stdout.match(/^[✓✗!] .*?(?= {2})/gm);
	expect(hostLines).toEqual([`! app via ${hosts.dead}`, `✓ app via ${hosts.mirror}`, '✓ app']);
	expect(stdout).toContain('✗ tcp ');
	expect(stdout).toContain(`✓ proxy`);
	expect(proxy.requests.map(({ target }) => target)).toContain(hosts.mirror);
	expect(stdout).toContain('Basic: user and password');
	expect(stdout).toMatch(/Pulls work, 2 min late: a host that is asked first keeps the runtime\s+waiting/);
	expect(code).toBe(0);
});

test('what check finds is told to programs, with the delay', async () => {
	const { stdout } = await run('check', '--output', 'json');
	const [pull] = (JSON.parse(stdout) as { pulls: unknown[] }).pulls;
	expect(pull).toMatchObject({ registry: 'app', success: true, via: world.hosts.mirror, delaySeconds: 120 });
});

test('no password of the node is in any of it', async () => {
	const outputs = await Promise.all([run('plan'), run('plan', '--output', 'json'), run('check', '--verbose')]);
	const text = JSON.stringify(outputs);
	expect(text).not.toMatch(new RegExp(Object.values(secrets).join('|')));
});

test('files that may not be read are named with the privilege that it takes', async () => {
	const { node, hostsToml } = world;
	const closed = [`${firstSet}/hosts.toml`, '/var/lib/kubelet/config.json'].map((path) => join(node.root, path));
	// Root reads whatever it likes, so that somebody else has to try.
	const uid = process.getuid?.() === 0 ? 65_534 : undefined;
	chmodSync(node.root, 0o755);
	for (const file of closed) chmodSync(file, uid === undefined ? 0o000 : 0o600);
	try {
		const { faults, keyring } = await planned(uid);
		const unreadable = faults.filter(({ fault }) => fault === 'file_unreadable');
		expect(unreadable.map(({ file }) => file)).toEqual([hostsToml, '/var/lib/kubelet/config.json']);
		for (const { detail } of unreadable) expect(detail).toMatch(/as root, or with the capability DAC_READ_SEARCH/);
		expect(keyring).toMatchObject({ readable: false });
	} finally {
		for (const file of closed) chmodSync(file, 0o600);
	}
});

test('settings that the runtime refuses are a fault with file and line, and the pull fails without a packet', async () => {
	const { node, mirror } = world;
	const file = join(node.root, '/etc/containerd/config.toml');
	const before = readFileSync(file, 'utf8');
	await node.write('/etc/containerd/config.toml', before.replace('config_path =', 'config_path = 1 #'));
	try {
		const asked = mirror.requests.length;
		const { faults } = await planned();
		expect(faults).toMatchObject([{ file: '/etc/containerd/config.toml', line: 3, fault: 'setting_invalid' }]);
		const { code, stdout } = await run('check');
		expect(stdout).toContain('node_config_unusable');
		expect(mirror.requests).toHaveLength(asked);
		expect(code).toBe(1);
	} finally {
		await node.write('/etc/containerd/config.toml', before);
	}
});
