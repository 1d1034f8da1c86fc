import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';

type Demo = ChildProcessByStdio<null, Readable, Readable>;

const started: Demo[] = [];

afterEach(() => {
	for (const demo of started.splice(0)) demo.kill('SIGTERM');
});

function startDemo(...options: readonly string[]): Demo {
	const main = join(import.meta.dirname, 'main.ts');
	const demo = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
	started.push(demo);
	return demo;
}

/** What the demo prints until it says how to break something. */
async function opening(demo: Demo): Promise<string> {
	let errors = '';
	demo.stderr.on('data', (chunk) => (errors += String(chunk)));
	let text = '';
	for await (const chunk of demo.stdout.iterator({ destroyOnReturn: false })) {
		text += String(chunk);
		if (text.includes('Break something')) return text;
	}
	throw new Error(`the demo has ended: ${errors}`);
}

const addressOf = (text: string, what: string) => new RegExp(`^ *${what} +(\\S+)$`, 'm').exec(text)?.[1] ?? '';
const textOf = async (url: string) => (await fetch(url)).text();
const failing = (text: string) => text.split('\n').filter((line) => line.startsWith('registry_probe_stage_failure{'));

test('shows page and metrics, breaks on request what they then name, and ends when told', async () => {
	const demo = startDemo();
	const text = await opening(demo);
	const [page, metrics, switches] = ['page', 'metrics', 'switches'].map((what) => addressOf(text, what));
	expect(await textOf(page ?? '')).toContain('registry.demo.test');
	expect(await textOf(`${switches}fault/token/on`)).toMatch(/^ +t +ON /m);
	await expect
		.poll(async () => failing(await textOf(metrics ?? '')), { timeout: 20_000, interval: 250 })
		.toEqual([expect.stringMatching(/role="token".*stage="tcp".*reason="tcp_refused"/)]);

	demo.kill('SIGTERM');
	expect(await once(demo, 'exit')).toEqual([0, null]);
	await expect(textOf(page ?? '')).rejects.toThrow('fetch failed');
});

test.each([
	['certificate', 'registry', 'tls', 'tls_expired'],
	['blob', 'blob', 'tls', 'tls_timeout'],
	['quota', 'registry', 'manifest', 'rate_limited'],
	['nameserver', 'registry', 'dns', 'dns_timeout'],
])('the agent names the fault behind the switch %s', async (name, role, stage, reason) => {
	const text = await opening(startDemo());
	const [metrics, switches] = ['metrics', 'switches'].map((what) => addressOf(text, what));
	await textOf(`${switches}fault/${name}/on`);
	const named = expect.stringMatching(
		new RegExp(`"registry.demo.test".*role="${role}",stage="${stage}",reason="${reason}"`),
	);
	await expect
		.poll(async () => failing(await textOf(metrics ?? '')), { timeout: 20_000, interval: 250 })
		.toContainEqual(named);
});

test('ends on its own after the seconds that it is given', async () => {
	const demo = startDemo('--for', '0.1');
	await opening(demo);
	expect(await once(demo, 'exit')).toEqual([0, null]);
});

test('says what it cannot read', async () => {
	const demo = startDemo('--for', 'ever');
	expect(await once(demo, 'exit')).toEqual([2, null]);
});
