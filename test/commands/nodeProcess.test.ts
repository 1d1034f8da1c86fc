import { expect, test } from 'vitest';

import type { PlanDocument } from '../../src/plan/planDocument.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeNode } from '../fakes/node.ts';
import { registryProbe } from './command.ts';

/** A containerd that was started at `startedAt` (epoch seconds), as /proc shows it. */
const running = (startedAt: number) => ({
	'/proc/stat': `btime ${startedAt - 10}\n`,
	'/proc/812/comm': 'containerd\n',
	'/proc/812/status': 'Name:\tcontainerd\nNSpid:\t812\n',
	// Field 22 counts hundredths of a second since boot.
	'/proc/812/stat': `812 (containerd) S 1${' 0'.repeat(17)} 1000 0\n`,
	'/proc/812/cmdline': '/usr/bin/containerd\0',
	'/proc/812/cgroup': '0::/system.slice/containerd.service\n',
	'/proc/812/environ': 'HTTPS_PROXY=http://proxy.example:3128\0PATH=/usr/bin\0',
});

async function planOf(startedAt: number): Promise<PlanDocument> {
	const { pem } = await createAuthority();
	const files = { ...running(startedAt), '/usr/bin/containerd': '', '/etc/containerd/config.toml': 'version = 3\n' };
	await using node = await makeNode({ bundle: pem, files });
	return JSON.parse((await registryProbe(['plan', '--root', node.root, '--output', 'json'])).stdout) as PlanDocument;
}

const now = Math.trunc(Date.now() / 1000);

test('what the process was started with counts', async () => {
	const { environment, targets, runtime } = await planOf(now + 60);
	expect(runtime?.name).toBe('containerd');
	expect(environment).toEqual({ reader: 'process 812' });
	expect(targets[0]).toMatchObject({ proxy: 'http://proxy.example:3128', proxySource: '/proc/812/environ' });
});

test('bundle and config.toml that were changed after the runtime had started are faults', async () => {
	const { faults } = await planOf(now - 3600);
	const stale = faults.filter(({ fault }) => fault === 'changed_after_start');
	expect(stale.map(({ file }) => file)).toEqual(['/etc/ssl/certs/ca-certificates.crt', '/etc/containerd/config.toml']);
	for (const { detail } of stale) expect(detail).toMatch(/goes on with the (?:certificates|settings) that it has/);
});

test('a runtime that was started after all of them has read them', async () => {
	const { faults } = await planOf(now + 60);
	expect(faults.filter(({ fault }) => fault === 'changed_after_start')).toEqual([]);
});
