import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fleet, startFleet } from '../demo/fleet/world.ts';
import { Directory } from '../real/directory.ts';
import { askPrometheus, seriesNow, startPrometheus } from '../real/prometheus.ts';
import type { Program } from '../real/running.ts';

interface Target {
	readonly health: string;
	readonly lastError: string;
}

/** What Prometheus 3 can ask a target for (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config). */
const protocols = [
	'OpenMetricsText1.0.0',
	'OpenMetricsText0.0.1',
	'PrometheusText1.0.0',
	'PrometheusText0.0.4',
	'PrometheusProto',
];

const directory = new Directory();
let fleet: Fleet;
let prometheus: Program;

beforeAll(async () => {
	fleet = await startFleet('1s');
	const targets = fleet.nodes.map(({ listen }) => listen);
	const job = (name: string, more: object) => ({
		job_name: name,
		honor_labels: true,
		static_configs: [{ targets }],
		...more,
	});
	prometheus = await startPrometheus(directory, {
		global: { scrape_interval: '1s', scrape_timeout: '1s' },
		scrape_configs: [
			job('as it is', {}),
			job('legacy names', { metric_name_validation_scheme: 'legacy' }),
			...protocols.map((protocol) => job(protocol, { scrape_protocols: [protocol] })),
		],
	});
}, 60_000);

afterAll(async () => {
	await prometheus?.stop();
	await fleet?.[Symbol.asyncDispose]();
	directory[Symbol.dispose]();
});

test('it is Prometheus 3, and so is promtool', async () => {
	expect(await askPrometheus(prometheus.port, 'status/buildinfo', {})).toMatchObject({
		version: expect.stringMatching(/^3\.\d+\.\d+$/),
	});
	expect(spawnSync('promtool', ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^promtool, version 3\./);
});

test('real agents are read, whatever it asks for', async () => {
	const healths = async () => {
		const { activeTargets } = (await askPrometheus(prometheus.port, 'targets', {})) as {
			readonly activeTargets: readonly Target[];
		};
		return [
			activeTargets.length,
			...new Set(activeTargets.map(({ health, lastError }) => `${health} ${lastError}`.trim())),
		];
	};
	await expect
		.poll(healths, { timeout: 20_000, interval: 500 })
		.toEqual([(protocols.length + 2) * fleet.nodes.length, 'up']);
});

test('each way to read them gives the same series', async () => {
	const query = 'count by (job) ({__name__=~"registry_probe_.+", __name__!~".+_duration_seconds", node="worker-1"})';
	const counts = async () => {
		const series = await seriesNow(prometheus.port, query);
		return [series.length, new Set(series.map(({ value }) => value?.[1])).size];
	};
	await expect.poll(counts, { timeout: 20_000, interval: 500 }).toEqual([protocols.length + 2, 1]);
});
