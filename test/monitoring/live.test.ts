import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alerts } from '../../build/monitoring/groups.ts';
import { Directory } from '../real/directory.ts';
import { startOnFreePort, type Program } from '../real/running.ts';
import { suite } from '../real/suite.ts';
import { everyFault } from './everyFault.ts';
import { rules } from './promtool.ts';

interface Active {
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
}

/** Those that are about a whole fleet that is gone, which this one is not. */
const never: readonly string[] = ['RegistryProbeAgentsMissing'];
const expected = alerts.map(({ alert }) => alert).filter((alert) => !never.includes(alert));

/** Seconds until every alert is active. */
const patience = 60;

suite('every alert in a real Prometheus', ['prometheus'], () => {
	const directory = new Directory();
	let scrape = 0;
	const world = createServer((_request, response) => {
		response.setHeader('content-type', 'text/plain; version=0.0.4');
		response.end(everyFault(Math.floor(Date.now() / 1000), ++scrape));
	});
	let prometheus: Program;
	let active: readonly Active[] = [];

	beforeAll(async () => {
		await once(world.listen(0, '127.0.0.1'), 'listening');
		const { port: worldPort } = world.address() as AddressInfo;
		const files = rules.map((path, at) => directory.write(`rules-${at}.yaml`, hurried(path)));
		const configuration = directory.write('prometheus.yaml', JSON.stringify(configurationOf(worldPort, files)));
		prometheus = await startOnFreePort((port) => ({
			name: 'prometheus',
			port,
			args: [
				`--config.file=${configuration}`,
				`--storage.tsdb.path=${directory.at('data')}`,
				`--web.listen-address=127.0.0.1:${port}`,
			],
		}));
		for (const end = Date.now() + patience * 1000; Date.now() < end; await sleep(500)) {
			active = await alertsOf(prometheus.port);
			if (expected.every((alert) => active.some(({ labels }) => labels['alertname'] === alert))) break;
		}
	}, 120_000);

	afterAll(async () => {
		await prometheus.stop();
		world.close();
		directory[Symbol.dispose]();
	});

	test('each is active', () => {
		const seen = new Set(active.map(({ labels }) => labels['alertname']));
		expect(expected.filter((alert) => !seen.has(alert))).toEqual([]);
	});

	test.each(expected)('%s says in words what is wrong', (alert) => {
		const own = active.filter(({ labels }) => labels['alertname'] === alert);
		for (const { annotations } of own) {
			const { summary = '', description = '', runbook_url: link = '' } = annotations;
			expect(`${summary} ${description} ${link}`).not.toMatch(/<error|<no value>|%!|\{\{|NaN| {2}/);
			expect(summary.length).toBeGreaterThan(20);
			expect(description.length).toBeGreaterThan(80);
			expect(link).toMatch(/^docs\/(runbook|alerts)\.md#[a-z_0-9-]+$/);
		}
	});

	test('role, stage and reason are in the text and not in the labels', () => {
		const one = active.find(({ labels }) => labels['alertname'] === 'RegistryProbeUnreachableFromZone');
		expect(one?.annotations['description']).toContain(
			'Reason: tcp_timeout (host zone.example, role registry, stage tcp)',
		);
		expect(one?.annotations['runbook_url']).toBe('docs/runbook.md#tcp_timeout');
		expect(active.flatMap(({ labels }) => ['role', 'stage', 'reason'].filter((name) => name in labels))).toEqual([]);
	});

	test('every rule works: none has an error', async () => {
		const answer = await fetch(`http://127.0.0.1:${prometheus.port}/api/v1/rules`);
		const { data } = (await answer.json()) as {
			data: { groups: readonly { rules: readonly { name: string; lastError?: string }[] }[] };
		};
		const wrong = data.groups.flatMap((group) => group.rules).filter(({ lastError = '' }) => lastError !== '');
		expect(wrong.map(({ name, lastError }) => `${name}: ${lastError}`)).toEqual([]);
	});
});

/** The rules, evaluated every second; what has to last for minutes lasts for seconds. */
function hurried(path: string): string {
	const { groups } = parse(readFileSync(path, 'utf8').replaceAll('offset 8m', 'offset 4s')) as {
		groups: readonly object[];
	};
	return JSON.stringify({ groups: groups.map((group) => ({ ...group, interval: '1s' })) });
}

function configurationOf(port: number, files: readonly string[]): object {
	return {
		global: { scrape_interval: '1s', scrape_timeout: '1s' },
		rule_files: files,
		scrape_configs: [{ job_name: 'world', honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
	};
}

async function alertsOf(port: number): Promise<readonly Active[]> {
	const answer = await fetch(`http://127.0.0.1:${port}/api/v1/alerts`);
	// It says no until it has read its storage.
	if (!answer.ok) return [];
	const { data } = (await answer.json()) as { data: { alerts: readonly Active[] } };
	return data.alerts;
}
