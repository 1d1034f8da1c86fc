import { expect, test } from 'vitest';
import { createReload } from '../../src/commands/agentReload.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigurationError } from '../../src/config/fault.ts';
import { until } from './agent.ts';

test('a configuration that nothing but the moment refused is read again, and its faults are told once', async () => {
	const first = await loadConfig({ environment: { NODE_NAME: 'node' } });
	const fault = { file: 'config.yaml', path: '', wrong: 'the file cannot be read: EMFILE', remedy: 'check the path' };
	let readings = 0;
	const load = async () => {
		readings += 1;
		if (readings < 3) throw new ConfigurationError([fault], []);
		return await Promise.resolve(first);
	};
	const told: string[] = [];
	const note = (message: string) => void told.push(message);
	const log = { level: 'debug' as const, debug: note, info: note, warn: note, error: note };
	const shown: boolean[] = [];
	const store = { setConfiguration: ({ successful }: { successful: boolean }) => void shown.push(successful) };
	const reloading = await createReload({ load, log, store, first }, async () => await Promise.resolve());
	reloading.reload();
	await until(
		() => told.includes('configuration reloaded'),
		() => `it was read ${readings} times`,
		20,
	);
	reloading.stop();
	expect(told).toEqual([
		expect.stringContaining('the file cannot be read: EMFILE'),
		'the agent keeps running with its old configuration',
		'configuration reloaded',
	]);
	expect(shown).toEqual([true, false, true]);
});
