import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askPrometheus, seriesNow } from '../real/prometheus.ts';
import { suite } from '../real/suite.ts';

/** Starts the demo and gives what it prints until it says how it ends, and the process. */
async function opening(): Promise<{ readonly text: string; readonly end: () => Promise<unknown> }> {
	const demo = spawn(process.execPath, [join(import.meta.dirname, 'fleet/main.ts')], {
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	onTestFinished(() => void demo.kill('SIGKILL'));
	const end = async () => {
		demo.kill('SIGTERM');
		return (await once(demo, 'exit'))[0];
	};
	let text = '';
	for await (const chunk of demo.stdout.iterator({ destroyOnReturn: false })) {
		text += String(chunk);
		if (text.includes('Ctrl-C')) return { text, end };
	}
	throw new Error('the demo has ended');
}

suite('the demo of a fleet', ['prometheus'], () => {
	test('has one node that is well, one that reaches nothing, one without quota, and the rules of the project', async () => {
		const { text, end } = await opening();
		const port = Number(/^ *prometheus +http:\/\/127\.0\.0\.1:(\d+)\/$/m.exec(text)?.[1]);
		const failing = async () => {
			const series = await seriesNow(port, 'registry_probe_pull_success == 0');
			return series.map(({ metric }) => `${metric['node']} ${metric['registry']}`).toSorted();
		};
		await expect
			.poll(failing, { timeout: 40_000, interval: 500 })
			.toEqual(['worker-2 hub.demo.test', 'worker-2 open.demo.test', 'worker-3 hub.demo.test']);
		const { groups } = (await askPrometheus(port, 'rules', {})) as { readonly groups: readonly object[] };
		expect(groups.length).toBeGreaterThan(2);
		expect(await end()).toBe(0);
	}, 90_000);
});
