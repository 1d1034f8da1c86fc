import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AgentProcess, until } from '../commands/agent.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { holdingOf } from './procfs.ts';
import { configurationOf, entryOf, smallHeap } from './settings.ts';

/** A YAML text whose anchors unfold to 9^9 strings. */
const laughs = Array.from({ length: 9 }, (_, at) => {
	const before = at === 0 ? '"ha"' : `*a${at - 1}`;
	return `a${at}: &a${at} [${Array(9).fill(before).join(', ')}]`;
}).join('\n');

const rubbish: readonly (() => string)[] = [
	() => 'x: 1\n'.repeat(10_000),
	() => randomBytes(2000).toString('latin1'),
	() => randomBytes(200).toString('base64'),
	() => '{'.repeat(10_000),
	() => '- '.repeat(5_000),
	() => laughs,
	() => 'interval: never\nregistries: 7\n',
	() => `registries:\n${'  - { name: a.test, no: 1 }\n'.repeat(500)}`,
	() => 'listen: 127.0.0.1:0\nregistries:\n  - name: a.test\n    ima',
	() => `${'x'.repeat(2_000_000)}: 1\n`,
];

/** MiB that reading rubbish may cost; the largest of it is 2 MB. */
const memoryBound = 160;

/** Replaces a file in one step: half of a file, or none of it, may well be a configuration that can be used. */
function replace(file: string, text: string): void {
	writeFileSync(`${file}.new`, text);
	renameSync(`${file}.new`, file);
}

test('an agent whose configuration is replaced by rubbish 1,000 times keeps the good one, and takes the next good one', async () => {
	await using node = await makeNode();
	await using good = await startRegistry({ images: { 'team/app': { 1: makeImage() } } });
	const text = configurationOf(node.root, [entryOf('good.test', good.origin())]);
	await using agent = new AgentProcess(text, [], smallHeap);
	await agent.told('path works');
	const before = holdingOf(agent.pid);
	for (let times = 0; times < 1000; times += 1) {
		replace(agent.file, rubbish[times % rubbish.length]?.() ?? '');
		agent.signal('SIGHUP');
		await sleep(4);
	}
	replace(agent.file, 'interval: nevermore\n');
	await until(
		() => agent.lines().some(({ message }) => String(message).includes('interval: "nevermore" is not a duration')),
		() => 'the last rubbish was not read',
	);
	expect(agent.lines().length).toBeLessThan(100_000);
	expect(await agent.value('registry_probe_config_last_reload_successful')).toBe(0);
	expect(await agent.value('registry_probe_success{')).toBe(1);
	replace(agent.file, text.replace('good.test', 'renamed.test'));
	await agent.told('configuration reloaded');
	await agent.told('path works', 2);
	expect(await agent.value('registry_probe_config_last_reload_successful')).toBe(1);
	const after = holdingOf(agent.pid);
	expect(after.peak - before.peak).toBeLessThan(memoryBound);
	expect(after.descriptors).toBeLessThan(before.descriptors + 5);
}, 120_000);
