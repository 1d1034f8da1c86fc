import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askPanel } from '../grafana/askPanel.ts';
import { committed, queriesOf } from '../grafana/board.ts';
import { everything } from '../grafana/interpolate.ts';
import { askPrometheus, seriesNow } from '../real/prometheus.ts';
import { suite } from '../real/suite.ts';
import { type FleetProcess, RecordingGrafana, startFleetProcess } from './fleetProcess.ts';

interface Alert {
	readonly state: string;
	readonly labels: Readonly<Record<string, string>>;
}

interface Datasources {
	readonly datasources: readonly object[];
}

/** How long a person would wait for what the demo shows, from its start on. */
const patience = 120_000;

/** An alert and what tells it from others; ports are those of the day. */
const fromWorker2 = [
	'RegistryProbeUnreachableFromNode node=worker-2 registry=hub.demo.test zone=demo-1b',
	'RegistryProbeUnreachableFromNode node=worker-2 registry=open.demo.test zone=demo-1b',
];
const fromWorker3 = [
	'RegistryProbeMirrorDead host=mirror.demo.test:PORT registry=open.demo.test',
	'RegistryProbeNameserverDead nameserver=127.0.0.1:PORT node=worker-3',
	'RegistryProbeRateLimitExhausted registry=hub.demo.test source=198.51.100.20',
	'RegistryProbeUnreachableFromNode node=worker-3 registry=hub.demo.test zone=demo-1a',
];

function written({ labels }: Alert): string {
	const { alertname = '', ...others } = labels;
	const own = Object.entries(others).filter(([name]) => !['cluster', 'severity', 'area'].includes(name));
	const pairs = own.map(([name, value]) => `${name}=${value.replace(/:\d+$/, ':PORT')}`);
	return [alertname, ...pairs.toSorted()].join(' ');
}

suite('the demo of a fleet', ['prometheus'], () => {
	const stack = new AsyncDisposableStack();
	const grafana = stack.use(new RecordingGrafana());
	let demo: FleetProcess;
	let begin = 0;

	beforeAll(async () => {
		begin = performance.now();
		demo = await startFleetProcess(stack, grafana.bin);
	}, 60_000);

	afterAll(() => stack.disposeAsync());

	const left = () => Math.max(0, patience - (performance.now() - begin));

	async function firing(): Promise<readonly string[]> {
		const { alerts } = (await askPrometheus(demo.prometheus, 'alerts', {})) as { readonly alerts: readonly Alert[] };
		return alerts.flatMap((alert) => (alert.state === 'firing' ? written(alert) : [])).toSorted();
	}

	test('tells within two minutes which node is cut off, which has used up its quota, and of no other fault', async () => {
		await expect.poll(firing, { timeout: left(), interval: 500 }).toEqual([...fromWorker2, ...fromWorker3].toSorted());
		const verdicts = await seriesNow(demo.prometheus, 'node_registry:registry_probe_pull_failing:scope');
		expect(verdicts.map(({ metric: { node, registry, scope } }) => `${node} ${registry} ${scope}`).toSorted()).toEqual([
			'worker-2 hub.demo.test node',
			'worker-2 open.demo.test node',
			'worker-3 hub.demo.test node',
		]);
		const well = await seriesNow(
			demo.prometheus,
			'sum by (node) (node_registry:registry_probe_pull_failing:bool) == 0',
		);
		expect(well.map(({ metric }) => String(metric['node'])).toSorted()).toEqual(['worker-1', 'worker-4', 'worker-5']);
	}, 130_000);

	test('every panel of the board Fleet has something to show', async () => {
		const [, fleet] = committed.find(([file]) => file === 'fleet.json') ?? [];
		const queries = fleet ? queriesOf(fleet) : [];
		expect(queries.length).toBeGreaterThan(10);
		const shown = new Set<string>();
		for (const { panel, target } of queries) {
			const series = await askPanel(demo.prometheus, target, everything);
			if (series.length > 0) shown.add(panel.title);
		}
		expect(queries.map(({ panel }) => panel.title).filter((title) => !shown.has(title))).toEqual([]);
	});

	test('alerts name the reason', async () => {
		const { alerts } = (await askPrometheus(demo.prometheus, 'alerts', {})) as {
			readonly alerts: readonly (Alert & { readonly annotations: Readonly<Record<string, string>> })[];
		};
		const cutOff = alerts.find((alert) => written(alert) === fromWorker2[0]);
		expect(cutOff?.annotations['description']).toMatch(
			/Reason: tcp_timeout \(host hub\.demo\.test:\d+, role registry, stage tcp\)/,
		);
	});

	test('a Grafana that is on PATH is handed the Prometheus, the boards and a directory of its own', () => {
		const { args = [], environment = {} } = grafana.recorded() ?? {};
		expect(args.slice(0, 3)).toEqual(['server', '--homepath', grafana.path]);
		const {
			GF_PATHS_PROVISIONING: provisioning = '',
			GF_PATHS_DATA: data = '',
			GF_SERVER_HTTP_PORT: port = '',
		} = environment;
		expect(demo.text).toContain(`  grafana     http://127.0.0.1:${port}/\n`);
		expect(environment).toMatchObject({ GF_SERVER_HTTP_ADDR: '127.0.0.1', GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer' });
		expect(data.startsWith(grafana.path)).toBe(false);
		const read = (path: string) => JSON.parse(readFileSync(join(provisioning, path), 'utf8')) as unknown;
		const { datasources } = read('datasources/prometheus.yaml') as Datasources;
		expect(datasources).toMatchObject([
			{ type: 'prometheus', url: `http://127.0.0.1:${demo.prometheus}`, isDefault: true },
		]);
		const { providers } = read('dashboards/boards.yaml') as { providers: readonly { options: { path: string } }[] };
		const [{ options } = { options: { path: '' } }] = providers;
		// Every file below is taken for a board.
		expect(globSync('**', { cwd: options.path }).toSorted()).toEqual([
			'.',
			...committed.map(([file]) => file).toSorted(),
		]);
		for (const [file, board] of committed) {
			expect(JSON.parse(readFileSync(join(options.path, file), 'utf8'))).toEqual(board);
		}
	});

	test('alerts end when the link is mended, and only those', async () => {
		const answer = await fetch(`${demo.switches}/fault/link/off`);
		expect(await answer.text()).toContain('off  link');
		await expect.poll(firing, { timeout: 60_000, interval: 500 }).toEqual(fromWorker3);
	}, 70_000);

	test('it ends when it is told, with all that it has started', async () => {
		const port = grafana.recorded()?.environment['GF_SERVER_HTTP_PORT'];
		expect(await demo.end()).toBe(0);
		await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
		await expect(fetch(`http://127.0.0.1:${demo.prometheus}/`)).rejects.toThrow('fetch failed');
	});
});
