import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AgentProcess, until } from '../commands/agent.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { needing } from '../hostile/needing.ts';
import { configurationOf, entryOf } from './settings.ts';

/** Runs a command in a mount namespace of its own, with a file system of 64 KiB at /mnt that is full. */
const fullDisk = [
	'unshare',
	'--mount',
	'sh',
	'-c',
	'mount -t tmpfs -o size=64k tmpfs /mnt && mkdir /mnt/state; cat /dev/zero >/mnt/filler 2>/dev/null; exec "$@"',
	'sh',
];

needing(['unshare', 'mount'], 'an agent whose disk is full', () => {
	test('keeps its pauses in memory, says so once, and writes them when there is room again', async () => {
		let wait = 600;
		await using node = await makeNode();
		await using limited = await startRegistry({
			respond: () => ({ status: 429, headers: { 'retry-after': String(wait) }, body: '' }),
		});
		const text = (name: string) => configurationOf(node.root, [entryOf(name, limited.origin())]);
		await using agent = new AgentProcess(text('a.test'), ['--state', '/mnt/state'], fullDisk);
		await agent.told('pause begins');
		const warned = () => agent.lines().filter(({ message }) => String(message).includes('ENOSPC'));
		await until(
			() => warned().length > 0,
			() => `nothing about the disk: ${agent.errors}`,
		);
		expect(await agent.value('probe_paused', 'cause="retry_after"')).toBe(1);

		wait = 700;
		agent.configure(text('b.test'));
		await agent.told('pause begins', 2);
		expect(warned()).toHaveLength(1);
		expect(limited.requests.length).toBe(2);

		const mount = `/proc/${agent.pid}/root/mnt`;
		rmSync(`${mount}/filler`);
		agent.configure(text('c.test'));
		await agent.told('pause begins', 3);
		const written = () => readFileSync(`${mount}/state/pauses.json`, 'utf8');
		await until(
			() => {
				try {
					return written().includes('c.test');
				} catch {
					return false;
				}
			},
			() => 'nothing is written',
		);
		expect(JSON.parse(written())).toMatchObject({ version: 1 });
		agent.signal('SIGTERM');
		expect(await agent.ended()).toBe(0);
	});
});
